import { DomainError } from '@/lib/core/errors'

export const nameTaken = (what: string, name: string) =>
  new DomainError('conflict', `A ${what} named \`${name}\` exists already. Names are used once.`, {
    errors: [{ pointer: '/name', reason: `\`${name}\` is taken`, code: 'name_taken' }],
  })

/** Drizzle wraps the driver's error. */
function isUniqueViolation(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ('code' in at && at.code === '23505') return true
  }
  return false
}

/** Two of the same name at once: the loser is told as if it had come later. */
export async function onDuplicate<T>(work: () => Promise<T>, taken: () => DomainError): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw isUniqueViolation(error) ? taken() : error
  }
}
