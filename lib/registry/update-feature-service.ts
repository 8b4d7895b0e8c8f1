import { eq } from 'drizzle-orm'
import { withTransaction } from '@/db/client'
import { featureServices } from '@/db/schema'
import { authorizeAtAll, record } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { parseInput } from '@/lib/core/parse-input'
import { announce } from './announce'
import { authorizeIn } from './authorize-in'
import { requireMatch } from './if-match'
import { updateFeatureServiceInput } from './inputs'
import { ownerTeam } from './owner-team'
import { getFeatureService } from './read-feature-services'
import type { ServiceResource } from './resources'
import { writeServiceDocument } from './service-document'
import { authorizeOnService } from './service-places'
import { lockService } from './service-queries'

/** Changes what is said about a service; its selection changes by addServiceVersion. */
export async function updateFeatureService(
  ctx: Context,
  name: string,
  body: unknown,
  ifMatch: string | null,
): Promise<ServiceResource> {
  await authorizeAtAll(ctx, 'service:update')
  const { owner_team, ...said } = parseInput(updateFeatureServiceInput, body)
  const { facts, decision, places } = await authorizeOnService(ctx, name)
  const team = owner_team === undefined ? null : await ownerTeam(ctx, owner_team)
  if (team && team.id !== facts.teamId) {
    await authorizeIn(ctx, 'service:create', { ...facts, teamId: team.id, team: team.name }, places)
  }
  await withTransaction(async (tx) => {
    const { service } = await lockService(tx, name)
    requireMatch(ifMatch, service.revision)
    const at = ctx.now()
    await tx
      .update(featureServices)
      .set({
        ...said,
        ...(team ? { ownerTeamId: team.id } : {}),
        revision: service.revision + 1,
        updatedAt: at.toISOString(),
      })
      .where(eq(featureServices.id, service.id))
    await writeServiceDocument(tx, await lockService(tx, name), at)
    const { description, purpose, tags } = service
    await record(tx, ctx, {
      action: 'service:update',
      resource: facts,
      decision,
      before: { description, purpose, tags, owner_team: facts.team },
      after: { ...said, owner_team },
      environment: null,
    })
    await announce(tx, { kind: 'service', name })
  })
  return getFeatureService(ctx, name)
}
