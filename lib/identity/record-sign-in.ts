import { type Executor, withTransaction } from '@/db/client'
import { record } from '@/lib/audit'
import { type Action, type Decision, policyVersion, type ResourceFacts } from '@/lib/authz'
import type { Actor, Context } from '@/lib/core/context'
import { personFacts } from './facts'
import { systemContext } from './system-context'

/** What no policy decides: who proves who they are is let in, and these refusals hold for everybody. */
const builtIn = (allowed: boolean, policy: string, rule: string): Decision => ({
  allowed,
  policies: [policy],
  policyVersion,
  rule,
  missing: [],
  whoCanHelp: [],
})

interface SignInEvent {
  person: { id: string; name: string }
  reason: string
  now: Date
  address: string | null
  after?: unknown
}

/** The row of a write that signing in makes, in its transaction. `sessionId` null: the installation did it. */
export async function recordSignIn(
  tx: Executor,
  event: SignInEvent,
  sessionId: string | null,
): Promise<void> {
  const { person, reason, now, address, after } = event
  const system = systemContext({ via: 'ui', now: () => now, address })
  const self: Actor = { kind: 'user', ...person, sessionId: sessionId ?? '', roles: [], teams: [] }
  await record(tx, sessionId === null ? system : { ...system, actor: self }, {
    action: 'people:manage',
    resource: personFacts(person),
    decision: builtIn(true, 'sign-in', reason),
    reason,
    after,
    environment: null,
  })
}

/** The row of a refusal that no policy decides. */
export const recordBuiltInRefusal = (
  ctx: Context,
  action: Action,
  resource: ResourceFacts,
  refusal: { policy: string; rule: string },
): Promise<void> =>
  withTransaction((tx) =>
    record(tx, ctx, {
      action,
      resource,
      decision: builtIn(false, refusal.policy, refusal.rule),
      reason: refusal.rule,
      environment: null,
    }),
  )

/** A change by browser session that did not come from the portal's own pages. */
export const recordForeignOrigin = (
  actor: Actor,
  request: { requestId: string; address: string | null },
  rule: string,
): Promise<void> =>
  recordBuiltInRefusal(
    systemContext({ actor, via: 'ui', ...request }),
    'people:manage',
    personFacts({ id: actor.id, name: actor.name }),
    { policy: 'own-origin', rule },
  )
