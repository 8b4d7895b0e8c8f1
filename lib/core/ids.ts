import { randomFillSync } from 'node:crypto'

const bytesAnId = 10
// Drawing random bytes costs the same for one id as for hundreds.
const drawn = Buffer.alloc(bytesAnId * 400)
let used = drawn.length

function randomHex(): string {
  if (used === drawn.length) {
    randomFillSync(drawn)
    used = 0
  }
  used += bytesAnId
  return drawn.toString('hex', used - bytesAnId, used)
}

/** Opaque, time-ordered (so that B-tree inserts stay at the right edge): 48 bits of milliseconds, 80 random bits, hex. */
export function newId(nowMilliseconds = Date.now()): string {
  return nowMilliseconds.toString(16).padStart(12, '0') + randomHex()
}
