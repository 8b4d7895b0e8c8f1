import type { Executor } from '@/db/client'
import { auditLog } from '@/db/schema'
import type { Action, Decision, ResourceFacts } from '@/lib/authz'
import type { Actor, Context } from '@/lib/core/context'
import { newId } from '@/lib/core/ids'
import { storable, toJson } from './canonical'
import { hashRow } from './hash'

export interface AuditEntry {
  action: Action
  resource: Pick<ResourceFacts, 'kind' | 'name'>
  decision: Decision
  reason?: string
  before?: unknown
  after?: unknown
  /** Absent: the request's environment. Null: the act has none. */
  environment?: string | null
}

/** A key is named as itself and acts on behalf of its owner. */
function actorColumns(actor: Actor) {
  const key = actor.kind === 'apiKey'
  return {
    actorKind: actor.kind,
    actorId: key ? actor.keyId : actor.id,
    actorName: storable(key ? actor.keyName : actor.name),
    onBehalfOf: key ? storable(actor.name) : null,
  }
}

const storableOrNull = (text: string | null | undefined) => (text == null ? null : storable(text))

/** Writes the act's row with its own hash, in the act's transaction: without the row there is no act. */
export async function record(tx: Executor, ctx: Context, entry: AuditEntry): Promise<void> {
  const { decision } = entry
  const row = {
    ...actorColumns(ctx.actor),
    id: newId(),
    time: ctx.now().toISOString(),
    via: ctx.via,
    action: entry.action,
    resourceKind: entry.resource.kind,
    resourceName: storable(entry.resource.name),
    environment: storableOrNull(entry.environment === undefined ? ctx.environment : entry.environment),
    verdict: decision.allowed ? ('allow' as const) : ('deny' as const),
    policies: decision.policies,
    policyVersion: decision.policyVersion,
    reason: storableOrNull(entry.reason),
    before: entry.before === undefined ? null : toJson(entry.before),
    after: entry.after === undefined ? null : toJson(entry.after),
    requestId: storable(ctx.requestId),
  }
  await tx.insert(auditLog).values({ ...row, hash: hashRow(row) })
}
