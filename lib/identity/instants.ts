/** PostgreSQL's text of an instant in UTC, e.g. `2026-05-03 12:00:00.5+00`, as RFC 3339. */
export const toInstant = (text: string): string => text.replace(' ', 'T').replace(/\+00(:00)?$/, 'Z')
export const toDate = (text: string): Date => new Date(toInstant(text))

export const instantOrNull = (text: string | null) => (text === null ? null : toInstant(text))
