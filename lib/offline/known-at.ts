import type { Context } from '@/lib/core/context'
import { invalidField } from '@/lib/core/errors'
import { formatTimestamp, microsFromDate, parseEventTime } from '@/lib/core/feature-type'
import type { Spine } from './port'

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

/** What is known at a time to come is not known: the answer for such a row could still change. */
export function refuseFuture(ctx: Context, { latestMicros, timestampColumn }: Spine): void {
  const isPast =
    latestMicros === undefined || latestMicros === null || latestMicros <= microsFromDate(ctx.now())
  if (isPast) return
  throw invalidField(
    '/known_at',
    `\`event\` takes what was known at each row's time, and \`${timestampColumn}\` goes up to ${formatTimestamp(latestMicros)}, which is to come.`,
    'future',
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
