import { eq } from 'drizzle-orm'
import { withTransaction } from '@/db/client'
import { entities } from '@/db/schema'
import { authorizeAtAll, record } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { parseInput } from '@/lib/core/parse-input'
import { announce } from './announce'
import { requireDomain } from './domain-of'
import { describedEntity, entityFacts, entityResource, lockEntity } from './entity-queries'
import { requireMatch } from './if-match'
import { updateEntityInput } from './inputs'
import { writeEntityDocument } from './insert-entity'
import { ownerTeam } from './owner-team'
import type { EntityResource } from './resources'
import { authorizeWhereItStands } from './service-places'

/** Changes what is said about an entity; its keys are fixed, since groups stand on them. */
export async function updateEntity(
  ctx: Context,
  name: string,
  body: unknown,
  ifMatch: string | null,
): Promise<EntityResource> {
  await authorizeAtAll(ctx, 'group:update')
  const { owner_team, ...said } = parseInput(updateEntityInput, body)
  const facts = entityFacts(await describedEntity(ctx, name))
  await authorizeWhereItStands(ctx, 'group:update', facts)
  const team = owner_team === undefined ? null : await ownerTeam(ctx, owner_team)
  if (team && team.id !== facts.teamId)
    await authorizeWhereItStands(ctx, 'group:create', { ...facts, teamId: team.id, team: team.name })
  const row = await withTransaction(async (tx) => {
    const held = await lockEntity(tx, name)
    const { entity } = held
    requireMatch(ifMatch, entity.revision)
    const decision = await authorizeWhereItStands(ctx, 'group:update', entityFacts(held), tx)
    const owner = team ?? { id: entity.ownerTeamId, name: facts.team ?? '' }
    await requireDomain(tx, ctx, { name: said.domain, team: owner, decision })
    const at = ctx.now()
    await tx
      .update(entities)
      .set({
        ...said,
        ...(team ? { ownerTeamId: team.id } : {}),
        revision: entity.revision + 1,
        updatedAt: at.toISOString(),
      })
      .where(eq(entities.id, entity.id))
    const changed = await lockEntity(tx, name)
    await writeEntityDocument(tx, changed.entity, changed.team, at)
    await record(tx, ctx, {
      action: 'group:update',
      resource: facts,
      decision,
      before: { description: entity.description, domain: entity.domain, owner_team: facts.team },
      after: { ...said, owner_team },
      environment: null,
    })
    await announce(tx, { kind: 'entity', name })
    return changed
  })
  return entityResource(ctx, row)
}
