import { DomainError, invalidField } from '@/lib/core/errors'
import { classificationNames } from '@/lib/registry/operations'
import type { Outcome } from './resources'
import { type Difference, differing, type Spelled } from './spelling'

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

const stayUnsaid = new Set(['owner_team', 'classification'])

const strictness = (name: unknown) => classificationNames.map(String).indexOf(String(name))

const listed = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

/** What takes protection away breaks a promise; more of it may refuse who reads today. */
function classOf({ field, old, new: next }: Difference): Outcome['changes'][number]['class'] {
  if (field === 'classification') return strictness(next) < strictness(old) ? 'breaking' : 'warning'
  if (field === 'permitted_use')
    return listed(old).some((use) => !listed(next).includes(use)) ? 'breaking' : 'warning'
  return 'info'
}

/** The new values of what differs; what a document leaves out goes back to saying nothing. */
export function patchOf(from: Spelled, to: Spelled, names: readonly string[]) {
  const differences = differing(from, to, names).filter(
    // Whom it belongs to and who may see it change only when a document says so.
    ({ field, new: next }) => !stayUnsaid.has(field) || next !== null,
  )
  const emptied = (field: string, old: unknown) => {
    if (Array.isArray(old)) return []
    return field === 'description' ? '' : null
  }
  return {
    patch: Object.fromEntries(
      differences.map(({ field, old, new: next }) => [field, next ?? emptied(field, old)]),
    ),
    changes: differences.map((one) => ({ ...one, class: classOf(one) })),
  }
}

export function requireFixed(from: Spelled, to: Spelled, names: string[], what: string): void {
  for (const { field } of differing(from, to, names))
    throw invalidField(`/${field}`, `The ${field} of ${what} is fixed.`, 'fixed')
}
