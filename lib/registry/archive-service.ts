import { eq } from 'drizzle-orm'
import { type Transaction, withTransaction } from '@/db/client'
import { featureServices } from '@/db/schema'
import { authorizeAtAll, record } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { parseInput } from '@/lib/core/parse-input'
import { announce } from './announce'
import { reasonedActInput } from './inputs'
import { versionsOf } from './queries'
import { getFeatureService } from './read-feature-services'
import type { ServiceResource } from './resources'
import { touchService, writeServiceDocument } from './service-document'
import { authorizeOnService } from './service-places'
import { lockService, type ServiceRow, serviceVersionsOf } from './service-queries'

interface Act {
  /** The first word of its reason in the audit log. */
  done: 'Archived' | 'Restored'
  require: (tx: Transaction, row: ServiceRow) => Promise<void> | void
  change: (ctx: Context, reason: string) => Partial<typeof featureServices.$inferInsert>
}

const stateOf = (archivedAt: string | null) => (archivedAt === null ? 'active' : 'archived')

async function act(ctx: Context, name: string, body: unknown, { done, require, change }: Act) {
  await authorizeAtAll(ctx, 'service:update')
  const { reason } = parseInput(reasonedActInput, body)
  const { facts, decision } = await authorizeOnService(ctx, name)
  await withTransaction(async (tx) => {
    const row = await lockService(tx, name)
    const { service } = row
    await require(tx, row)
    const at = ctx.now()
    const changed = change(ctx, reason)
    await tx.update(featureServices).set(changed).where(eq(featureServices.id, service.id))
    await touchService(tx, service.id, service.revision, at)
    await writeServiceDocument(tx, await lockService(tx, name), at)
    await record(tx, ctx, {
      action: 'service:update',
      resource: facts,
      decision,
      reason: `${done}: ${reason}`,
      before: { state: stateOf(service.archivedAt) },
      after: { state: stateOf(changed.archivedAt ?? null) },
      environment: null,
    })
    await announce(tx, { kind: 'service', name })
  })
  return getFeatureService(ctx, name)
}

/**
 * Takes a service out of use: reads by its name answer 410, and the catalogue shows it only to those who ask. The
 * features that it selects stay readable by their own names. Errors: `conflict` when it is archived; `forbidden`.
 */
export const archiveFeatureService = (ctx: Context, name: string, body: unknown): Promise<ServiceResource> =>
  act(ctx, name, body, {
    done: 'Archived',
    require: (_tx, { service }) => {
      if (service.archivedAt !== null)
        throw new DomainError('conflict', `Feature service ${name} is archived already.`)
    },
    change: (own, reason) => ({ archivedAt: own.now().toISOString(), archiveReason: reason }),
  })

/** A service whose newest selection is archived would answer nothing. */
async function requireSelection(tx: Transaction, { service }: ServiceRow): Promise<void> {
  const [newest] = await serviceVersionsOf([service.id], tx)
  const pinned = new Map((newest?.features ?? []).map((one) => [`${one.group}@${one.version}`, one]))
  const archived: string[] = []
  for (const [reference, { groupId, version }] of pinned) {
    const found = (await versionsOf(groupId, tx)).find(({ major }) => major === version)
    if (!found || found.state === 'archived') archived.push(reference)
  }
  if (archived.length === 0) return
  throw new DomainError(
    'conflict',
    `Feature service ${service.name} selects from ${archived.join(', ')}, which is archived: restore that first.`,
  )
}

/** Brings an archived service back as it was. Errors: `conflict` unless it is archived and all it selects is not. */
export const restoreFeatureService = (ctx: Context, name: string, body: unknown): Promise<ServiceResource> =>
  act(ctx, name, body, {
    done: 'Restored',
    require: async (tx, row) => {
      if (row.service.archivedAt === null)
        throw new DomainError('conflict', `Feature service ${name} is not archived.`)
      await requireSelection(tx, row)
    },
    change: () => ({ archivedAt: null, archiveReason: null }),
  })
