import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import {
  catalogDocuments,
  featureGroups,
  features,
  featureGroupVersions as groupVersions,
  teams,
} from '@/db/schema'
import { visible } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { csvLine } from '@/lib/core/csv-line'
import { offsetOf, pageOf } from '@/lib/registry'
import type { ContractListResource, ListContractsQuery, ListedContractResource } from './operations'

interface Row extends Record<string, unknown> {
  group: string
  team: string
  version: number
  number: number | null
  agreed_at: string | null
  signatures: number
  consumers: number
  features: number
  features_with_terms: number
  open_breaches: number
  breaches_28d: number
}

/** Each group that the caller may know of, as its served version, else its newest that is not archived. One query. */
async function contractedGroups(ctx: Context): Promise<Row[]> {
  const own = visible(ctx, {
    teamId: featureGroups.ownerTeamId,
    classification: featureGroups.classification,
    groupId: featureGroups.id,
  })
  const open = visible(ctx, {
    teamId: featureGroups.ownerTeamId,
    classification: sql`coalesce(${features.classification}, ${featureGroups.classification})`,
    groupId: featureGroups.id,
  })
  const now = ctx.now().toISOString()
  const since = new Date(ctx.now().getTime() - 28 * 86_400_000).toISOString()
  const { environment } = ctx
  const served = sql`exists (select from version_environments e where e.version_id = ${groupVersions.id}
    and e.environment = ${environment} and e.state = 'promoted')`
  const inForce = sql`(select c.id from contract_versions c where c.group_id = ${featureGroups.id}
    and c.major = ${groupVersions.major} and c.agreed_at <= ${now}::timestamptz and c.valid_from <= ${now}::timestamptz
    and c.withdrawn_at is null order by c.number desc limit 1)`
  const ofVersion = sql`${features.versionId} = ${groupVersions.id} and ${open}`
  // Nothing is counted that names a feature or a service which the caller may not know of.
  const hidden = sql`select from ${features} where ${features.versionId} = b.version_id and not (${open})
    and concat_ws(' ', b.feature, b.rule, b.promised) ~ ('\\m' || ${features.name} || '\\M')`
  const breaches = sql`from contract_breaches b where b.version_id = ${groupVersions.id} and b.environment = ${environment}
    and not exists (${hidden})`
  const { kind, name, teamId, classification } = catalogDocuments
  const known = sql`select ${name} from ${catalogDocuments} where ${kind} = 'service' and ${visible(ctx, { teamId, classification })}`
  const rows = await db().execute<Row>(sql`
    with used as materialized (
      select s."groupId" as group_id, s.version, count(distinct n.service_id)::int as consumers
      from feature_service_versions n join feature_services f on f.id = n.service_id
      cross join lateral jsonb_to_recordset(n.features) as s("groupId" text, version int)
      where f.archived_at is null and f.name in (${known}) group by 1, 2
    )
    select distinct on (${featureGroups.name}) ${featureGroups.name} as group, ${teams.name} as team,
      ${groupVersions.major} as version, c.number, c.agreed_at,
      (select count(*)::int from contract_signatures s where s.contract_id = c.id and s.party <> 'owner'
        and (s.party = 'team' or s.party_name in (${known}))) as signatures,
      coalesce(used.consumers, 0) as consumers,
      (select count(*)::int from ${features} where ${ofVersion}) as features,
      (select count(*)::int from ${features} where ${ofVersion} and ${features.contract} is not null) as features_with_terms,
      (select count(*)::int ${breaches} and b.closed_at is null) as open_breaches,
      (select count(*)::int ${breaches} and b.last_at >= ${since}::timestamptz) as breaches_28d
    from ${featureGroups}
    join ${teams} on ${teams.id} = ${featureGroups.ownerTeamId}
    join ${groupVersions} on ${groupVersions.groupId} = ${featureGroups.id} and ${groupVersions.state} <> 'archived'
    left join contract_versions c on c.id = ${inForce}
    left join used on used.group_id = ${featureGroups.id} and used.version = ${groupVersions.major}
    where ${own}
    order by ${featureGroups.name}, ${served} desc, ${groupVersions.major} desc`)
  return [...rows]
}

const listed = (row: Row): ListedContractResource => ({
  group: row.group,
  team: row.team,
  version: row.version,
  contract: row.number,
  signatures: row.signatures,
  consumers: row.consumers,
  features: row.features,
  features_with_terms: row.features_with_terms,
  open_breaches: row.open_breaches,
  breaches_28d: row.breaches_28d,
})

const sum = (rows: Row[], of: (row: Row) => number) => rows.reduce((total, row) => total + of(row), 0)

const coverageOf = (rows: Row[]) => ({
  groups: rows.length,
  groups_with_contract: rows.filter(({ number }) => number !== null).length,
  features: sum(rows, (row) => row.features),
  features_with_terms: sum(rows, (row) => row.features_with_terms),
})

const lacks: Record<NonNullable<ListContractsQuery['missing']>, (row: Row) => boolean> = {
  contract: ({ number }) => number === null,
  terms: (row) => row.features_with_terms < row.features,
}

/** Groups with and without a contract, and how many there are of each; of all that the caller may know of. */
export async function listContracts(
  ctx: Context,
  query: Omit<ListContractsQuery, 'format'>,
): Promise<ContractListResource> {
  const offset = offsetOf(query.cursor)
  const all = await contractedGroups(ctx)
  const names = [...new Set(all.map(({ team }) => team))].sort()
  const kept = all.filter(
    (row) =>
      (query.team === undefined || row.team === query.team) &&
      (query.missing === undefined || lacks[query.missing](row)) &&
      (query.broken === undefined || row.open_breaches > 0),
  )
  const page = pageOf(kept.slice(offset, offset + query.limit).map(listed), offset, query.limit, kept.length)
  return {
    ...page,
    coverage: {
      ...coverageOf(all),
      teams: names.map((team) => ({ team, ...coverageOf(all.filter((row) => row.team === team)) })),
    },
  }
}

const columns = [
  'group',
  'team',
  'version',
  'contract',
  'signatures',
  'consumers',
  'features',
  'features_with_terms',
  'open_breaches',
  'breaches_28d',
] as const

/** The same list as CSV, whole. */
export async function contractsCsv(ctx: Context, query: Omit<ListContractsQuery, 'format'>): Promise<string> {
  const { data } = await listContracts(ctx, { ...query, cursor: undefined, limit: 1_000_000 })
  return [csvLine(columns), ...data.map((one) => csvLine(columns.map((name) => one[name])))].join('')
}
