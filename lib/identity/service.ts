import { hearChanges, stopHearing } from './changes'
import { flushKeyUse } from './key-use'

/** Hears about revoked keys and changed rights while the portal runs; what it returns ends it and writes the last uses. */
export async function startIdentity(): Promise<() => Promise<void>> {
  hearChanges()
  return async () => {
    await stopHearing()
    await flushKeyUse()
  }
}
