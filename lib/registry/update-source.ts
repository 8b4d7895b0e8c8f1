import { eq } from 'drizzle-orm'
import { withTransaction } from '@/db/client'
import { sources } from '@/db/schema'
import { authorizeAtAll, record } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { parseInput } from '@/lib/core/parse-input'
import { announce } from './announce'
import { secondsOrNull } from './definition'
import { requireMatch } from './if-match'
import { ownerTeam } from './owner-team'
import type { SourceResource } from './resources'
import { authorizeWhereItStands } from './service-places'
import { updateSourceInput } from './source-kinds'
import {
  describedSource,
  lockSource,
  sourceFacts,
  sourceResource,
  writeSourceDocument,
} from './source-queries'

/** Changes what is said about a source and where it lies; its kind is fixed. */
export async function updateSource(
  ctx: Context,
  name: string,
  body: unknown,
  ifMatch: string | null,
): Promise<SourceResource> {
  await authorizeAtAll(ctx, 'group:update')
  const { owner_team, freshness, ...said } = parseInput(updateSourceInput, body)
  const facts = sourceFacts(await describedSource(ctx, name))
  await authorizeWhereItStands(ctx, 'group:update', facts)
  const team = owner_team === undefined ? null : await ownerTeam(ctx, owner_team)
  if (team && team.id !== facts.teamId)
    await authorizeWhereItStands(ctx, 'group:create', { ...facts, teamId: team.id, team: team.name })
  const row = await withTransaction(async (tx) => {
    const held = await lockSource(tx, name)
    const { source } = held
    requireMatch(ifMatch, source.revision)
    const decision = await authorizeWhereItStands(ctx, 'group:update', sourceFacts(held), tx)
    const at = ctx.now()
    await tx
      .update(sources)
      .set({
        ...said,
        ...(freshness === undefined ? {} : { freshnessSeconds: secondsOrNull(freshness) }),
        ...(team ? { ownerTeamId: team.id } : {}),
        revision: source.revision + 1,
        updatedAt: at.toISOString(),
      })
      .where(eq(sources.id, source.id))
    const changed = await lockSource(tx, name)
    await writeSourceDocument(tx, changed, at)
    const { description, config, freshnessSeconds } = source
    await record(tx, ctx, {
      action: 'group:update',
      resource: facts,
      decision,
      before: { description, config, freshnessSeconds, owner_team: facts.team },
      after: { ...said, freshness, owner_team },
      environment: null,
    })
    await announce(tx, { kind: 'source', name })
    return changed
  })
  return sourceResource(ctx, row)
}
