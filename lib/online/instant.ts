/**
 * PostgreSQL's text of a timestamptz in UTC (`2026-05-03 12:00:00.5+00`) as RFC 3339 with six digits. On the hot path:
 * cut, not parsed. The session's TimeZone is UTC, and years have four digits.
 */
export function isoOfDatabaseTime(text: string): string {
  const day = text.slice(0, 10)
  const time = text.slice(11, 19)
  const dot = text.charCodeAt(19) === 46
  if (!dot) return `${day}T${time}.000000Z`
  const plus = text.indexOf('+', 20)
  return `${day}T${time}.${text.slice(20, plus === -1 ? undefined : plus).padEnd(6, '0')}Z`
}
