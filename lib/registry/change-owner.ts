import { eq, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { domains, entities, featureServices, sources } from '@/db/schema'
import { decide, type ResourceFacts } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { announce } from './announce'
import { describedDomain, domainFacts, lockDomain } from './domain-queries'
import { describedEntity, entityFacts, lockEntity } from './entity-queries'
import { writeEntityDocument } from './insert-entity'
import { describedGroup, groupFacts, lockGroup } from './queries'
import { sayOfGroup } from './review/say-of-group'
import { writeServiceDocument } from './service-document'
import { describedService, lockService } from './service-queries'
import { describedSource, lockSource, sourceFacts, writeSourceDocument } from './source-queries'

/** What the registry holds that a team owns. */
export type OwnedKind = 'group' | 'service' | 'entity' | 'source' | 'domain'

/** Facts of an asset that the reader may know of. Errors: `not_found`, the same for a hidden one. */
export async function ownedFacts(ctx: Context, kind: OwnedKind, name: string): Promise<ResourceFacts> {
  switch (kind) {
    case 'group':
      return groupFacts(await describedGroup(ctx, name))
    case 'service':
      return (await describedService(ctx, name)).facts
    case 'entity':
      return entityFacts(await describedEntity(ctx, name))
    case 'source':
      return sourceFacts(await describedSource(ctx, name))
    case 'domain':
      return domainFacts(await describedDomain(ctx, name))
  }
}

/** Under the asset's lock: whose it is, and what gives it to somebody else with its line in the catalogue. */
async function held(tx: Transaction, ctx: Context, kind: OwnedKind, name: string, at: Date) {
  const ownedBy = (teamId: string, revision: number) => ({
    ownerTeamId: teamId,
    revision: revision + 1,
    updatedAt: sql`${at.toISOString()}::timestamptz`,
  })
  switch (kind) {
    case 'group': {
      const row = await lockGroup(tx, name)
      const { group } = row
      return {
        owner: group.ownerTeamId,
        give: async (teamId: string) => {
          const decision = decide(ctx, 'group:update', groupFacts(row))
          await sayOfGroup(tx, ctx, row, { columns: { ownerTeamId: teamId }, decision })
        },
      }
    }
    case 'service': {
      const { service } = await lockService(tx, name)
      return {
        owner: service.ownerTeamId,
        give: async (teamId: string) => {
          await tx
            .update(featureServices)
            .set(ownedBy(teamId, service.revision))
            .where(eq(featureServices.id, service.id))
          await writeServiceDocument(tx, await lockService(tx, name), at)
        },
      }
    }
    case 'entity': {
      const { entity } = await lockEntity(tx, name)
      return {
        owner: entity.ownerTeamId,
        give: async (teamId: string) => {
          await tx.update(entities).set(ownedBy(teamId, entity.revision)).where(eq(entities.id, entity.id))
          const changed = await lockEntity(tx, name)
          await writeEntityDocument(tx, changed.entity, changed.team, at)
        },
      }
    }
    case 'source': {
      const { source } = await lockSource(tx, name)
      return {
        owner: source.ownerTeamId,
        give: async (teamId: string) => {
          await tx.update(sources).set(ownedBy(teamId, source.revision)).where(eq(sources.id, source.id))
          await writeSourceDocument(tx, await lockSource(tx, name), at)
        },
      }
    }
    case 'domain': {
      const { domain } = await lockDomain(tx, name)
      return {
        owner: domain.ownerTeamId,
        give: async (teamId: string) => {
          await tx.update(domains).set(ownedBy(teamId, domain.revision)).where(eq(domains.id, domain.id))
        },
      }
    }
  }
}

/**
 * Gives an asset to another team, in the transaction of who decided it; rights and the audit row are the caller's.
 * False when it does not belong to `fromTeamId` any more: nothing is changed then. Errors: `not_found`.
 */
export async function changeOwner(
  tx: Transaction,
  ctx: Context,
  { kind, name }: { kind: OwnedKind; name: string },
  { fromTeamId, toTeamId }: { fromTeamId: string; toTeamId: string },
): Promise<boolean> {
  const { owner, give } = await held(tx, ctx, kind, name, ctx.now())
  if (owner !== fromTeamId) return false
  await give(toTeamId)
  if (kind !== 'domain') await announce(tx, { kind, name })
  return true
}
