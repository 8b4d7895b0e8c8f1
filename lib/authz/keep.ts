import type { Actor } from '@/lib/core/context'
import { singleton } from '@/lib/core/singleton'
import type { Situation } from './entities'
import { policyVersion } from './policies'
import { grantsOf } from './subject'

interface Kept<T> {
  value: T
  from: number
  until: number
}

const mostKept = 20_000
const fingerprints = singleton('authz-fingerprints', () => ({
  ofActor: new WeakMap<Actor, number>(),
  ofText: new Map<string, number>(),
  last: 0,
}))

/**
 * A number for all of an actor that policies can see: the text of it is long, and stands in the key of each decision.
 * No number is given twice. Actors are rebuilt when their rights change, never altered.
 */
function fingerprint(actor: Actor): number {
  const known = fingerprints.ofActor.get(actor)
  if (known !== undefined) return known
  const text = JSON.stringify({ ...actor, grants: grantsOf(actor) })
  if (fingerprints.ofText.size >= mostKept) fingerprints.ofText.clear()
  const made = fingerprints.ofText.get(text) ?? ++fingerprints.last
  fingerprints.ofText.set(text, made)
  fingerprints.ofActor.set(actor, made)
  return made
}

/** The first instant, in milliseconds, at which time alone could change what an actor may. */
export function nextChange(actor: Actor, now: number): number {
  const ends = grantsOf(actor).map((grant) => grant.expiresAt.getTime())
  if (actor.kind === 'apiKey' && actor.expiresAt !== null) ends.push(actor.expiresAt.getTime())
  return Math.min(...ends.filter((end) => end > now), Number.POSITIVE_INFINITY)
}

/**
 * Keeps what was computed from a situation and `about`, which stands for everything else that it depends on,
 * for as long as neither policies nor time can change it.
 */
export function keep<T>(name: string, situation: Situation, about: unknown, compute: () => T): T {
  const kept = singleton(`authz-${name}`, () => new Map<string, Kept<T>>())
  const { actor, action, environment, purpose } = situation
  const now = situation.now.getTime()
  const key = JSON.stringify([policyVersion, action, environment, purpose, about, fingerprint(actor)])
  const found = kept.get(key)
  if (found && found.from <= now && now < found.until) return found.value
  const value = compute()
  if (kept.size >= mostKept) kept.clear()
  kept.set(key, { value, from: now, until: nextChange(actor, now) })
  return value
}
