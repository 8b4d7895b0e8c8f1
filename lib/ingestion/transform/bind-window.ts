import { outsideText } from './sql-tokens'

const placeholder = outsideText(String.raw`\$(from|to)\b`)

/** The part of event time that a run computes: later than `from`, up to and including `to`; RFC 3339. */
export interface TransformationWindow {
  from: string
  to: string
}

/** A timestamp literal, in UTC and without a zone, as the SQL sees event times. */
export function timestampLiteral(instant: string): string {
  const naive = instant.replace('T', ' ').replace(/(?:Z|\+00(?::?00)?)$/, '')
  if (!/^\d{4,6}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?$/.test(naive))
    throw new Error(`Not an instant: ${instant}`)
  return `timestamp '${naive}'`
}

/** The SQL with `$from` and `$to` as timestamps. */
export const bindWindow = (sql: string, { from, to }: TransformationWindow): string =>
  sql.replace(placeholder, (whole, name: 'from' | 'to' | undefined) =>
    name ? timestampLiteral(name === 'from' ? from : to) : whole,
  )

/** Where in the SQL, as its author wrote it, an offset of the bound text lies. */
export function originalOffset(sql: string, window: TransformationWindow, offset: number): number {
  let grown = 0
  for (const match of sql.matchAll(placeholder)) {
    const [whole, name] = match
    if (!name) continue
    const start = match.index + grown
    const length = timestampLiteral(name === 'from' ? window.from : window.to).length
    if (offset < start) break
    if (offset < start + length) return match.index
    grown += length - whole.length
  }
  return offset - grown
}
