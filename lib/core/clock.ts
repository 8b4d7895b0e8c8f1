import { env } from './env'
import { singleton } from './singleton'

/** How far the product's clock is ahead of the machine's: not zero only when ALMANAC_SAMPLE_NOW pins its start. */
const offsetMilliseconds = () =>
  singleton('clockOffset', () => {
    const pinned = env().ALMANAC_SAMPLE_NOW
    return pinned ? Date.parse(pinned) - Date.now() : 0
  })

/** The product's clock. Contexts carry it as `now`; nothing else asks the machine for the time of day. */
export const clockNow = (): Date => new Date(Date.now() + offsetMilliseconds())
