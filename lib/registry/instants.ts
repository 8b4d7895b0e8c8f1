/** PostgreSQL's text of a timestamptz in UTC (`2026-05-03 12:00:00.5+00`) as RFC 3339 with six digits. */
export function isoInstant(text: string): string {
  const match = /^(\d{4,}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?(?:Z|\+00(?::?00)?)$/.exec(text)
  if (!match) throw new Error(`Not an instant in UTC: ${text}`)
  const [, day, time, fraction = ''] = match
  return `${day}T${time}.${fraction.padEnd(6, '0')}Z`
}

/** Milliseconds since 1970 of an instant as the registry holds it. */
export const instantMilliseconds = (text: string): number => Date.parse(isoInstant(text))
