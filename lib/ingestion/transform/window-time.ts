import { durationSeconds } from '@/lib/core/duration'
import { formatTimestamp, parseEventTime } from '@/lib/core/feature-type'

/** Microseconds since 1970 of an instant that the product wrote itself. */
export function microsOf(instant: string): bigint {
  const micros = parseEventTime(instant)
  if (micros === null) throw new Error(`Not an instant: ${instant}`)
  return micros
}

export const instantOf = (micros: bigint): string => formatTimestamp(micros)

/** Microseconds of an ISO 8601 duration that the registry has accepted; null where none is stated. */
export function durationMicros(text: string | undefined): bigint | null {
  if (text === undefined) return null
  const seconds = durationSeconds(text)
  if (seconds === null) throw new Error(`Not a duration: ${text}`)
  return BigInt(seconds) * 1_000_000n
}

const modulo = (value: bigint, step: bigint) => ((value % step) + step) % step

/** The last point of the grid that is not later; the grid is counted from 1970. */
export const floorTo = (micros: bigint, step: bigint): bigint => micros - modulo(micros, step)

/** The first point of the grid that is not earlier. */
export const ceilTo = (micros: bigint, step: bigint): bigint => floorTo(micros + step - 1n, step)
