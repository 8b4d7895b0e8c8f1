import { clockNow } from '@/lib/core/clock'
import type { Context } from '@/lib/core/context'
import { newId } from '@/lib/core/ids'

/** The installation acting for itself: seeding, background jobs, commands of the operator. */
export function systemContext(overrides: Partial<Context> = {}): Context {
  return {
    actor: { kind: 'system', id: 'system', name: 'Almanac', roles: [], teams: [] },
    environment: 'prod',
    requestId: newId(),
    via: 'job',
    purpose: null,
    address: null,
    now: clockNow,
    signal: new AbortController().signal,
    ...overrides,
  }
}
