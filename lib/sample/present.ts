import { DomainError } from '@/lib/core/errors'

/** Runs a registration; true when it was made now, false when the name was there before. */
export async function unlessPresent(register: () => Promise<unknown>): Promise<boolean> {
  try {
    await register()
    return true
  } catch (error) {
    if (error instanceof DomainError && error.code === 'conflict') return false
    throw error
  }
}
