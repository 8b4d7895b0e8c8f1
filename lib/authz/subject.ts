import type { Actor } from '@/lib/core/context'

/** A right on one asset, with a reason and an end. */
export interface Grant {
  action: string
  /** The asset's id. */
  groupId: string
  /** Empty means every environment. */
  environments: string[]
  purpose: string | null
  expiresAt: Date
}

/** An actor as identity loads it: with the grants that it, its teams or its key hold. */
export type Subject = Actor & { grants: Grant[] }

const isSubject = (actor: Actor): actor is Subject => 'grants' in actor && Array.isArray(actor.grants)

/** The grants that travel with an actor; none for actors that were not loaded by identity (jobs, system). */
export const grantsOf = (actor: Actor): Grant[] => (isSubject(actor) ? actor.grants : [])
