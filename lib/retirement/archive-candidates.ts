import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { db } from '@/db/client'
import { featureGroups as groups } from '@/db/schema'
import { visible } from '@/lib/authz'
import type { Context } from '@/lib/core/context'

const row = z.object({
  group: z.string(),
  version: z.int(),
  team: z.string(),
  state: z.enum(['active', 'deprecated']),
  sinceMs: z.number(),
  lastReadMs: z.number().nullable(),
  successor: z.string().nullable(),
  successorMs: z.number().nullable(),
})
export type CandidateRow = z.output<typeof row>

const ms = (instant: ReturnType<typeof sql>) => sql`(extract(epoch from ${instant}) * 1000)::float8`

// A successor is a later version of the group, or the named replacement; of several the one that is active for longest.
const successors = sql`
  select sg.name || '@' || s.major as name, s.activated_at as since
  from feature_group_versions s join feature_groups sg on sg.id = s.group_id
  where s.state = 'active' and s.activated_at is not null
    and ((s.group_id = v.group_id and s.major > v.major)
      or v.replacement in (sg.name || '@' || s.major, sg.name) and s.id <> v.id)
  order by s.activated_at limit 1`

/** Every version that is served and that the reader may know of, with its last read by anybody but the portal itself. */
export async function archiveCandidates(ctx: Context): Promise<CandidateRow[]> {
  const rows = await db().execute(sql`
    select ${groups.name} as "group", v.major as version, t.name as team, v.state,
      ${ms(sql`coalesce(v.activated_at, v.created_at)`)} as "sinceMs", ${ms(sql`r.last`)} as "lastReadMs",
      n.name as successor, ${ms(sql`n.since`)} as "successorMs"
    from feature_group_versions v
    join ${groups} on ${groups.id} = v.group_id
    join teams t on t.id = ${groups.ownerTeamId}
    left join lateral (select max(u.minute) as last from usage_minutes u
      where u.group_name = ${groups.name} and u.version = v.major and u.consumer_kind <> 'system') r on true
    left join lateral (${successors}) n on true
    where v.state in ('active', 'deprecated')
      and ${visible(ctx, { teamId: groups.ownerTeamId, classification: groups.classification, groupId: groups.id })}
    order by ${groups.name}, v.major`)
  return z.array(row).parse([...rows])
}
