import { randomBytes } from 'node:crypto'

/** Opaque, time-ordered (so that B-tree inserts stay at the right edge): 48 bits of milliseconds, 80 random bits, hex. */
export function newId(nowMilliseconds = Date.now()): string {
  return nowMilliseconds.toString(16).padStart(12, '0') + randomBytes(10).toString('hex')
}
