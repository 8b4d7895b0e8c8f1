import { and, asc, eq, isNull, notExists, or, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { catalogDocuments, domains, people, teamMembers, teams } from '@/db/schema'
import { authorize, authorizeAtAll } from '@/lib/audit'
import { systemResource } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { assetsOfTeam, knownOf } from './assets'
import type { DesertedTeam, ListTransfersQuery, TransferResource } from './operations'
import { selectTransfers, transferResources } from './queries'

/** Transfers from and to the caller's teams, newest first. */
export async function listTransfers(
  ctx: Context,
  query: ListTransfersQuery,
): Promise<{ data: TransferResource[]; meta: { next_cursor: string | null; total: number } }> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const { rows, total } = await selectTransfers(ctx, query)
  const shown = rows.slice(0, query.limit)
  return {
    data: await transferResources(ctx, shown),
    meta: {
      next_cursor: rows.length > query.limit ? (shown.at(-1)?.transfer.id ?? null) : null,
      total,
    },
  }
}

/** Teams that own something and have no person left who can sign in. */
export async function listDeserted(ctx: Context): Promise<{ data: DesertedTeam[] }> {
  await authorizeAtAll(ctx, 'people:manage')
  await authorize(ctx, 'people:manage', systemResource)
  const alive = db()
    .select({ one: sql`1` })
    .from(teamMembers)
    .innerJoin(people, and(eq(people.id, teamMembers.principalId), isNull(people.disabledAt)))
    .where(eq(teamMembers.teamId, teams.id))
  const rows = await db()
    .select({ id: teams.id, name: teams.name })
    .from(teams)
    .where(
      and(
        notExists(alive),
        or(
          sql`exists (select 1 from ${catalogDocuments} where ${catalogDocuments.teamId} = ${teams.id})`,
          sql`exists (select 1 from ${domains} where ${domains.ownerTeamId} = ${teams.id})`,
        ),
      ),
    )
    .orderBy(asc(teams.name))
  const owned = await Promise.all(
    rows.map(async ({ id, name }) => ({ name, assets: await assetsOfTeam(id) })),
  )
  const known = await knownOf(
    ctx,
    owned.flatMap(({ assets }) => assets),
  )
  return { data: owned.map(({ name, assets }) => ({ team: name, owns: assets.filter(known) })) }
}
