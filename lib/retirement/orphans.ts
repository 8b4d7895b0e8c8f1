import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { db } from '@/db/client'
import { featureGroups as groups } from '@/db/schema'
import { authorizeAtAll } from '@/lib/audit'
import { visible } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { offsetOf, pageOf } from '@/lib/registry'
import type { OrphanResource, OrphansQuery } from './operations'

const row = z.object({
  group: z.string(),
  version: z.int(),
  team: z.string(),
  hasOwner: z.boolean(),
  goneSource: z.string().nullable(),
  goneInput: z.string().nullable(),
  cadenceSeconds: z.number().nullable(),
  newestMs: z.number(),
})
type Row = z.output<typeof row>

const rowsOf = (ctx: Context) => sql`
  select ${groups.name} as "group", v.major as version, t.name as team, ${groups.cadenceSeconds} as "cadenceSeconds",
    exists (select 1 from team_members m join people p on p.id = m.principal_id
      where m.team_id = ${groups.ownerTeamId} and p.disabled_at is null) as "hasOwner",
    case when v.source ->> 'kind' <> 'group' and v.source ? 'name'
      and not exists (select 1 from sources s where s.name = v.source ->> 'name')
      then v.source ->> 'name' end as "goneSource",
    (select min(d.name) from edges e join catalog_documents d
        on d.kind = 'group' and d.name = split_part(e.from_name, '@', 1) and d.lifecycle = 'archived'
      where e.from_kind = 'group' and e.to_kind = 'group' and e.to_name = ${groups.name}
        and e.relation = 'feeds' and e.valid_to is null) as "goneInput",
    extract(epoch from coalesce(
      (select max(served.last_created) from version_environments served where served.version_id = v.id),
      v.activated_at, v.created_at))::float8 * 1000 as "newestMs"
  from ${groups}
  join teams t on t.id = ${groups.ownerTeamId}
  join lateral (select * from feature_group_versions o
    where o.group_id = ${groups.id} and o.state in ('active', 'deprecated')
    order by o.state = 'active' desc, o.major desc limit 1) v on true
  where ${visible(ctx, { teamId: groups.ownerTeamId, classification: groups.classification, groupId: groups.id })}
  order by ${groups.name}`

type Reason = OrphanResource['reasons'][number]

/** Why a group counts as orphaned; nothing: it does not. Rows exactly on the limit are still awaited. */
function reasonsOf(found: Omit<Row, 'group' | 'version'>, nowMs: number, cadences: number): Reason[] {
  const { team, hasOwner, goneSource, goneInput, cadenceSeconds, newestMs } = found
  const isLate = cadenceSeconds !== null && nowMs - newestMs > cadences * cadenceSeconds * 1000
  const gone = goneSource ?? goneInput
  return [
    ...(hasOwner
      ? []
      : [{ reason: 'no_owner' as const, text: `Team ${team} has no member who can sign in.` }]),
    ...(gone === null
      ? []
      : [
          {
            reason: 'source_gone' as const,
            text:
              goneSource === null ? `Its input \`${gone}\` is archived.` : `Its source \`${gone}\` is gone.`,
          },
        ]),
    ...(isLate
      ? [
          {
            reason: 'no_rows' as const,
            text: `No rows since ${new Date(newestMs).toISOString().slice(0, 10)}, more than ${cadences} times its interval.`,
          },
        ]
      : []),
  ]
}

/** Every orphaned group that the caller may know of, by name. */
export async function findOrphans(ctx: Context, cadences: number): Promise<OrphanResource[]> {
  const rows = z.array(row).parse([...(await db().execute(rowsOf(ctx)))])
  return rows.flatMap(({ group, version, ...found }) => {
    const reasons = reasonsOf(found, ctx.now().getTime(), cadences)
    return reasons.length === 0 ? [] : [{ group, version, owner_team: found.team, reasons }]
  })
}

/** Groups that nobody looks after any more, of what the caller may know of. Errors: `forbidden`. */
export async function listOrphans(ctx: Context, { reason, cadences, team, limit, cursor }: OrphansQuery) {
  await authorizeAtAll(ctx, 'catalog:describe')
  const offset = offsetOf(cursor)
  const all = (await findOrphans(ctx, cadences)).filter(
    (one) =>
      (reason === undefined || one.reasons.some((given) => given.reason === reason)) &&
      (team === undefined || one.owner_team === team),
  )
  return pageOf(all.slice(offset, offset + limit), offset, limit, all.length)
}
