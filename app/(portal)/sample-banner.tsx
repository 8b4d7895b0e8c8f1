import { Banner } from '@/components/ui/callout'
import { plural } from '@/components/ui/format-number'
import { formatDay } from '@/components/ui/format-time'
import { daysHeldBack, readSampleState } from '@/lib/sample'

const Command = ({ verb }: { verb: string }) => (
  <code className="font-mono text-12">npm run almanac -- sample {verb}</code>
)

/** Says on every page that marked assets are not the reader's own, and what was done to their dates; short on a phone. */
export async function SampleBanner() {
  const state = await readSampleState()
  if (!state || state.state === 'removed') return null
  if (state.state === 'loading')
    return <Banner label="Sample data">It is being loaded; groups appear as they are ready.</Banner>
  const [first, ...more] = daysHeldBack(state)
  return (
    <Banner label="Sample data">
      US flights of 2001
      <span className="max-md:hidden">, moved forward by {plural(state.shift_weeks, 'week')}</span>.{' '}
      {first === undefined ? (
        <span className="max-md:hidden">
          All days have arrived. <Command verb="remove" /> takes it away.
        </span>
      ) : (
        <>
          The {plural(more.length + 1, 'day')} from {formatDay(first)} on {more.length === 0 ? 'is' : 'are'}{' '}
          held back, so freshness is red on purpose
          <span className="max-md:hidden">
            ; <Command verb="replay" /> brings {more.length === 0 ? 'it' : 'them'}
          </span>
          .
        </>
      )}
    </Banner>
  )
}
