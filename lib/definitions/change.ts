import { DomainError, invalidField } from '@/lib/core/errors'
import type { Outcome } from './resources'
import { differing, type Spelled } from './spelling'

export const unchanged: Outcome = { act: 'none', version: null, changes: [], waits: false, impact: null }

/** What is there by that name and may be known of. */
export async function found<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof DomainError && error.code === 'not_found') return null
    throw error
  }
}

export const namesOf = (schema: { shape: object }) => Object.keys(schema.shape)

/** The new values of what differs; what a document leaves out goes back to saying nothing. */
export function patchOf(from: Spelled, to: Spelled, names: readonly string[]) {
  const differences = differing(from, to, names).filter(
    // Whom it belongs to is only moved when a document says so.
    ({ field, new: next }) => field !== 'owner_team' || next !== null,
  )
  const emptied = (field: string, old: unknown) => {
    if (Array.isArray(old)) return []
    return field === 'description' ? '' : null
  }
  return {
    patch: Object.fromEntries(
      differences.map(({ field, old, new: next }) => [field, next ?? emptied(field, old)]),
    ),
    changes: differences.map((one) => ({ ...one, class: 'info' as const })),
  }
}

export function requireFixed(from: Spelled, to: Spelled, names: string[], what: string): void {
  for (const { field } of differing(from, to, names))
    throw invalidField(`/${field}`, `The ${field} of ${what} is fixed.`, 'fixed')
}
