import type { Executor } from '@/db/client'
import { auditLog } from '@/db/schema'
import type { Action, Decision, ResourceFacts } from '@/lib/authz'
import type { Actor, Context } from '@/lib/core/context'
import { newId } from '@/lib/core/ids'
import { canonicalJson, type Json, sha256, storable, toJson } from './canonical'

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

type Row = typeof auditLog.$inferInsert

/** A key is named as itself and acts on behalf of its owner. */
function actorColumns(actor: Actor) {
  if (actor.kind === 'apiKey')
    return { actorKind: actor.kind, actorId: actor.keyId, actorName: actor.keyName, onBehalfOf: actor.name }
  return { actorKind: actor.kind, actorId: actor.id, actorName: actor.name, onBehalfOf: null }
}

/** SHA-256 over the row's canonical JSON, the hash itself left out. The time counts in milliseconds. */
export function hashRow(row: Omit<Row, 'hash'>): string {
  const { time, before, after, ...rest } = row
  return sha256(
    canonicalJson(
      toJson({
        ...rest,
        time: new Date(time).toISOString(),
        before: before ?? null,
        after: after ?? null,
      }),
    ),
  )
}

const jsonOrNull = (value: unknown): Json => (value === undefined ? null : toJson(value))

/** Writes the act's row with its own hash, in the act's transaction: without the row there is no act. */
export async function record(tx: Executor, ctx: Context, entry: AuditEntry): Promise<void> {
  const actor = actorColumns(ctx.actor)
  const row: Omit<Row, 'hash'> = {
    ...actor,
    actorName: storable(actor.actorName),
    onBehalfOf: actor.onBehalfOf === null ? null : storable(actor.onBehalfOf),
    id: newId(),
    time: ctx.now().toISOString(),
    via: ctx.via,
    action: entry.action,
    resourceKind: entry.resource.kind,
    resourceName: storable(entry.resource.name),
    environment: entry.environment === undefined ? storable(ctx.environment) : entry.environment,
    verdict: entry.decision.allowed ? 'allow' : 'deny',
    policies: entry.decision.policies,
    policyVersion: entry.decision.policyVersion,
    reason: entry.reason === undefined ? null : storable(entry.reason),
    before: jsonOrNull(entry.before),
    after: jsonOrNull(entry.after),
    requestId: storable(ctx.requestId),
  }
  await tx.insert(auditLog).values({ ...row, hash: hashRow(row) })
}
