import type { Context } from '@/lib/core/context'
import { invalidField } from '@/lib/core/errors'
import { microsFromDate, parseEventTime } from '@/lib/core/feature-type'

/** Microseconds of an instant in a request, naming its field when it is none. `end` makes a bare date its last. */
export function instantMicros(text: string, pointer: string, end = false): bigint {
  const micros = parseEventTime(text, end)
  if (micros !== null) return micros
  throw invalidField(
    pointer,
    `\`${text.slice(0, 80)}\` is no instant: RFC 3339 (2026-01-31T08:30:00Z) or a date.`,
    'timestamp',
  )
}

/** What was known at an instant. A future one is refused: its answer could still change. */
export function knownAtMicros(ctx: Context, text: string | undefined): bigint | null {
  if (text === undefined) return null
  const micros = instantMicros(text, '/known_at')
  if (micros > microsFromDate(ctx.now())) {
    throw invalidField('/known_at', 'lies in the future: what will be known then is not known.', 'future')
  }
  return micros
}
