import { cn } from './cn'
import { parseFullName, splitForCut } from './name-parts'

/** The name's drawing alone, for places where something around it is the link or the button. */
export function NameText({ name, className }: { name: string; className?: string }) {
  const { group, version, name: last } = parseFullName(name)
  const [head, tail] = splitForCut(last)
  return (
    <span title={name} className={cn('inline-flex min-w-0 max-w-full font-mono text-ink', className)}>
      {group === null ? null : (
        <>
          <span className="min-w-6 shrink-[1000] truncate text-muted">{group}</span>
          <span className="shrink-0 text-muted">{version}:</span>
        </>
      )}
      {head ? <span className="min-w-0 truncate font-medium">{head}</span> : null}
      <span className="shrink-0 font-medium">{tail}</span>
      {group === null && version ? <span className="shrink-0 text-muted">{version}</span> : null}
    </span>
  )
}
