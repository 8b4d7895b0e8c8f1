import { cn } from './cn'
import { MarkedText } from './marked-text'
import { parseFullName, splitForCut } from './name-parts'
import { rangesWithin, type TextRange } from './ranges'

interface NameTextProps {
  name: string
  className?: string
  /** What matched, as ranges of the whole name. */
  marks?: readonly TextRange[]
}

/** The name's drawing alone, for places where something around it is the link or the button. */
export function NameText({ name, className, marks = [] }: NameTextProps) {
  const { group, version, name: last } = parseFullName(name)
  const [head, tail] = splitForCut(last)
  const lastAt = group === null ? 0 : name.indexOf(':') + 1
  const marked = (text: string, from: number) =>
    marks.length === 0 ? (
      text
    ) : (
      <MarkedText text={text} ranges={rangesWithin(marks, from, from + text.length)} />
    )
  return (
    <span title={name} className={cn('inline-flex min-w-0 max-w-full font-mono text-ink', className)}>
      {group === null ? null : (
        <>
          <span className="min-w-6 shrink-[1000] truncate text-muted">{marked(group, 0)}</span>
          <span className="shrink-0 text-muted">{version}:</span>
        </>
      )}
      {head ? <span className="min-w-0 truncate font-medium">{marked(head, lastAt)}</span> : null}
      <span className="shrink-0 font-medium">{marked(tail, lastAt + head.length)}</span>
      {group === null && version ? <span className="shrink-0 text-muted">{version}</span> : null}
    </span>
  )
}
