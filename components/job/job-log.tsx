import { Time } from '@/components/ui/time'
import { TimedText } from '@/components/ui/timed-text'
import { groupedCounts } from './job-words'

/** What a job wrote while it ran, oldest first. */
export function JobLog({ log }: { log: readonly { at: string; text: string }[] }) {
  if (log.length === 0) return <p className="text-muted">It has written nothing.</p>
  return (
    <ol className="flex flex-col gap-1 font-mono text-12">
      {log.map(({ at, text }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a log only grows at its end
        <li key={index} className="flex gap-4">
          <span className="shrink-0 text-muted">
            <Time at={at} precision="second" />
          </span>
          <span className="[overflow-wrap:anywhere]">
            <TimedText text={groupedCounts(text)} />
          </span>
        </li>
      ))}
    </ol>
  )
}
