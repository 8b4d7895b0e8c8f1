/** A part of event time: later than `from`, up to and including `to`; microseconds since 1970. */
export interface Span {
  from: bigint
  to: bigint
}

/** The same parts, in order and apart from each other. */
export function merged(spans: readonly Span[]): Span[] {
  const sorted = [...spans].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
  const made: Span[] = []
  for (const { from, to } of sorted) {
    const last = made.at(-1)
    if (last && from <= last.to) last.to = to > last.to ? to : last.to
    else if (from < to) made.push({ from, to })
  }
  return made
}

/** What of `spans` none of `others` covers; both in order and apart, as `merged` makes them. */
export function subtract(spans: readonly Span[], others: readonly Span[]): Span[] {
  const left: Span[] = []
  let next = 0
  for (const { from, to } of spans) {
    let start = from
    while (next < others.length && (others[next]?.to ?? 0n) <= start) next++
    for (let at = next; start < to; at++) {
      const other = others[at]
      if (!other || other.from >= to) {
        left.push({ from: start, to })
        break
      }
      if (other.from > start) left.push({ from: start, to: other.from })
      start = other.to
    }
  }
  return left
}

/** What of `spans` lies in some of `others`; both in order and apart. */
export const intersect = (spans: readonly Span[], others: readonly Span[]): Span[] =>
  subtract(spans, subtract(spans, others))
