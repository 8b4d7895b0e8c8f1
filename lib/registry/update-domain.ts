import { eq } from 'drizzle-orm'
import { withTransaction } from '@/db/client'
import { domains } from '@/db/schema'
import { authorizeAtAll, record } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { parseInput } from '@/lib/core/parse-input'
import { type DomainResource, updateDomainInput } from './domain-operations'
import { describedDomain, domainFacts, domainResource, lockDomain } from './domain-queries'
import { requireMatch } from './if-match'
import { ownerTeam } from './owner-team'
import { authorizeWhereItStands } from './service-places'

/** Changes what is said about a domain, or its owner; its name stays, since assets name it. */
export async function updateDomain(
  ctx: Context,
  name: string,
  body: unknown,
  ifMatch: string | null,
): Promise<DomainResource> {
  await authorizeAtAll(ctx, 'group:update')
  const { owner_team, ...said } = parseInput(updateDomainInput, body)
  const facts = domainFacts(await describedDomain(ctx, name))
  await authorizeWhereItStands(ctx, 'group:update', facts)
  const team = owner_team === undefined ? null : await ownerTeam(ctx, owner_team)
  if (team && team.id !== facts.teamId)
    await authorizeWhereItStands(ctx, 'group:create', { ...facts, teamId: team.id, team: team.name })
  const row = await withTransaction(async (tx) => {
    const held = await lockDomain(tx, name)
    const { domain } = held
    requireMatch(ifMatch, domain.revision)
    const decision = await authorizeWhereItStands(ctx, 'group:update', domainFacts(held), tx)
    await tx
      .update(domains)
      .set({
        ...said,
        ...(team ? { ownerTeamId: team.id } : {}),
        revision: domain.revision + 1,
        updatedAt: ctx.now().toISOString(),
      })
      .where(eq(domains.id, domain.id))
    await record(tx, ctx, {
      action: 'group:update',
      resource: facts,
      decision,
      before: { description: domain.description, owner_team: facts.team },
      after: { ...said, owner_team },
      environment: null,
    })
    return lockDomain(tx, name)
  })
  return domainResource(ctx, row)
}
