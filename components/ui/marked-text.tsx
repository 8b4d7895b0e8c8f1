import type { TextRange } from './ranges'

interface MarkedTextProps {
  text: string
  /** Ascending and apart. */
  ranges: readonly TextRange[]
}

/** Text with what matched marked. */
export function MarkedText({ text, ranges }: MarkedTextProps) {
  const parts = ranges.map(([start, end], index) => ({
    before: text.slice(ranges[index - 1]?.[1] ?? 0, start),
    match: text.slice(start, end),
    start,
  }))
  const rest = text.slice(ranges.at(-1)?.[1] ?? 0)
  return (
    <>
      {parts.map(({ before, match, start }) => (
        <span key={start}>
          {before}
          <mark className="bg-accent-tint text-accent">{match}</mark>
        </span>
      ))}
      {rest}
    </>
  )
}
