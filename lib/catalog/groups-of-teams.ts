import { and, eq, inArray, ne, type SQL } from 'drizzle-orm'
import type { z } from 'zod'
import { db } from '@/db/client'
import { catalogDocuments as document } from '@/db/schema'
import { visible } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { versionStateSchema } from '@/lib/registry/operations'

/** A group as a list needs it. */
export interface KnownGroup {
  name: string
  description: string
  team: string
  lifecycle: z.output<typeof versionStateSchema>
}

/** Groups that are not archived and that the caller may know of, by name, in one query. */
export async function knownGroups(ctx: Context, condition: SQL): Promise<KnownGroup[]> {
  const rows = await db()
    .select({
      name: document.name,
      description: document.description,
      team: document.team,
      lifecycle: document.lifecycle,
    })
    .from(document)
    .where(
      and(
        eq(document.kind, 'group'),
        ne(document.lifecycle, 'archived'),
        condition,
        visible(ctx, {
          teamId: document.teamId,
          classification: document.classification,
          groupId: document.groupId,
        }),
      ),
    )
    .orderBy(document.name)
  return rows.map(({ lifecycle, ...group }) => ({ ...group, lifecycle: versionStateSchema.parse(lifecycle) }))
}

/** The groups of some teams that the caller may know of. */
export const groupsOfTeams = async (ctx: Context, teams: readonly string[]): Promise<KnownGroup[]> =>
  teams.length === 0 ? [] : knownGroups(ctx, inArray(document.team, [...teams]))
