import { z } from 'zod'
import { formatTimestamp, parseEventTime } from './feature-type'

/** An RFC 3339 instant with its zone that lies, in UTC, within the years 1 to 9999 and on a microsecond; kept as sent. */
export const instantTextSchema = z.iso
  .datetime({ offset: true, abort: true, error: 'must be an RFC 3339 instant, such as 2026-03-01T00:00:00Z' })
  .refine(
    (text) => parseEventTime(text) !== null,
    'must lie within the years 1 to 9999 in UTC, with no more than six digits after the second',
  )

/** The same, as its text in UTC: no zone is left that a database or a `Date` could read otherwise. */
export const instantSchema = instantTextSchema.overwrite((text) => {
  const micros = parseEventTime(text)
  return micros === null ? text : formatTimestamp(micros)
})
