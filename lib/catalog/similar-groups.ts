import { and, eq, inArray, ne, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { catalogDocuments as document } from '@/db/schema'
import { visible } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import type { InferenceResource } from './inference-operations'

const mostGroups = 5

/** Groups with features of the same names, most of them first; only what the caller may know of. */
export async function similarGroups(ctx: Context, features: string[]): Promise<InferenceResource['similar']> {
  if (features.length === 0) return []
  const may = visible(ctx, {
    teamId: document.teamId,
    classification: document.classification,
    groupId: document.groupId,
  })
  const shared = await db()
    .select({
      group: document.groupName,
      columns: sql<string[]>`array_agg(${document.shortName} order by ${document.position})`,
    })
    .from(document)
    .where(
      and(
        may,
        eq(document.kind, 'feature'),
        ne(document.lifecycle, 'archived'),
        inArray(document.shortName, features),
      ),
    )
    .groupBy(document.groupName)
    .orderBy(sql`count(*) desc`, document.groupName)
    .limit(mostGroups)
  const names = shared.flatMap((one) => one.group ?? [])
  if (names.length === 0) return []
  const groups = await db()
    .select()
    .from(document)
    .where(and(may, eq(document.kind, 'group'), inArray(document.name, names)))
  return shared.flatMap(({ group, columns }) => {
    const found = groups.find((one) => one.name === group)
    if (!found) return []
    const { description, entity, team, lifecycle } = found
    return [
      {
        group: found.name,
        description,
        entity,
        team,
        lifecycle,
        columns,
        share: columns.length / features.length,
      },
    ]
  })
}
