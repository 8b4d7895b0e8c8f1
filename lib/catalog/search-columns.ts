import { type SQL, sql } from 'drizzle-orm'
import { catalogDocuments as document } from '@/db/schema'
import { visible } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import type { FacetName, SearchQuery } from './operations'
import { facetNames } from './plain'

/** More are not ranked: nobody reads so far, and what is counted says that it is capped. */
export const mostRanked = 10_000

const facetColumns = {
  kind: document.kind,
  team: document.team,
  entity: document.entity,
  domain: document.domain,
  type: document.dataType,
  lifecycle: document.lifecycle,
  classification: document.classification,
  certified: sql`standing.certified`,
}

/**
 * What reviewers stand for now: not revoked, not lapsed, and of the version that is active. Few rows, found once a
 * search and joined.
 */
export const standing = (
  ctx: Context,
): SQL => sql`standing as materialized (select c.asset_kind, c.asset_name, 'certified'::text as certified from certifications c
    where c.revoked_at is null and c.expires_at > ${ctx.now().toISOString()}::timestamptz and c.version = case
      when c.asset_kind = 'service' then (select max(v.version) from feature_service_versions v
        join feature_services s on s.id = v.service_id where s.name = c.asset_name)
      else (select max(v.major) from feature_group_versions v join feature_groups g on g.id = v.group_id
        where g.name = split_part(c.asset_name, ':', 1) and v.state = 'active') end)`

export const lines = sql`${document} left join standing on standing.asset_kind = ${document.kind} and standing.asset_name = ${document.name}`

const listed = (values: readonly string[]) =>
  sql.join(
    values.map((value) => sql`${value}`),
    sql`, `,
  )

/** Whether a line passes one facet’s filter. */
function passes(name: FacetName, query: SearchQuery): SQL {
  const chosen = query[name]
  // What is archived is found by those who ask for it; its facet says how much there is.
  if (name === 'lifecycle' && !chosen?.length) return sql`${document.lifecycle} <> 'archived'`
  if (!chosen || chosen.length === 0) return sql`true`
  if (name === 'tag') return sql`${document.tags} && array[${listed(chosen)}]::text[]`
  return sql`coalesce(${facetColumns[name]} in (${listed(chosen)}), false)`
}

/** The facets that a query filters by, hidden archives among them. */
export const filtersOf = (query: SearchQuery): FacetName[] =>
  facetNames.filter((name) => name === 'lifecycle' || (query[name]?.length ?? 0) > 0)

export const passesAll = (query: SearchQuery): SQL =>
  sql.join(
    filtersOf(query).map((name) =>
      // Stated without coalesce, so that an index can be used.
      query[name]?.length && name !== 'tag'
        ? sql`${facetColumns[name]} in (${listed(query[name])})`
        : passes(name, query),
    ),
    sql` and `,
  )

/** What is asked of every line: that the caller may know of it, and that it is of the group. */
export const within = (ctx: Context, query: SearchQuery): SQL => {
  const { teamId, classification, groupId } = document
  const may = visible(ctx, { teamId, classification, groupId })
  return query.group === undefined ? may : sql`${may} and ${document.groupName} = ${query.group}`
}

/** Columns that facets are made of, with whether the line passes each filter. */
export const columns = (query: SearchQuery): SQL =>
  sql`kind, team, entity, domain, data_type, tags, lifecycle, classification, certified, ${sql.join(
    filtersOf(query).map((name) => sql`${passes(name, query)} as ${sql.raw(`f_${name}`)}`),
    sql`, `,
  )}`

export const allPass = (names: readonly FacetName[]): SQL =>
  names.length === 0
    ? sql`true`
    : sql.join(
        names.map((name) => sql.raw(`m.f_${name}`)),
        sql` and `,
      )

const grouped = facetNames.filter((name) => name !== 'tag')
const columnOf = (name: FacetName) => sql.raw(`m.${name === 'type' ? 'data_type' : name}`)

/** How many lines pass all filters, how many there are, and how many without each filter. */
const counted = (query: SearchQuery): SQL => {
  const filters = filtersOf(query)
  const passing = (names: FacetName[]) => sql`(count(*) filter (where ${allPass(names)}))::int`
  return sql`${passing(filters)} as total, count(*)::int as unfiltered, json_build_object(${sql.join(
    filters.flatMap((name) => [sql.raw(`'${name}'`), passing(filters.filter((other) => other !== name))]),
    sql`, `,
  )}) as without`
}

/**
 * The counts over the lines of `matched`, in one pass: a row for each value of each facet and one (facet null) of all.
 * What choosing a value would give is in `without` its own facet, where that is filtered by, else in `total`.
 */
export const countsOf = (query: SearchQuery, matched: SQL): SQL => {
  if (query.facets === 'false')
    return sql`(select json_agg(f) from (select null as facet, null as value, ${counted(query)} from ${matched} m) f)`
  const sets = sql.join(
    grouped.map((name) => sql`(${columnOf(name)})`),
    sql`, `,
  )
  const named = sql.join(
    grouped.map((name) => sql`when grouping(${columnOf(name)}) = 0 then ${sql.raw(`'${name}'`)}`),
    sql` `,
  )
  const values = sql.join(
    grouped.map((name) => sql`when grouping(${columnOf(name)}) = 0 then ${columnOf(name)}`),
    sql` `,
  )
  return sql`(select coalesce(json_agg(f), '[]') from (
    select case ${named} end as facet, case ${values} end as value, ${counted(query)}
      from ${matched} m group by grouping sets (${sets}, ())
    union all
    select 'tag', t.tag, ${counted(query)} from ${matched} m cross join lateral unnest(m.tags) as t(tag) group by t.tag) f)`
}

/** The hits of `page`, which names them, their rank and place (`at`). */
export const hits = sql`(select coalesce(json_agg(json_build_object('kind', d.kind, 'name', d.name, 'short_name', d.short_name,
      'group', d.group_name, 'description', d.description, 'entity', d.entity, 'domain', d.domain, 'type', d.data_type,
      'team', d.team, 'tags', d.tags, 'lifecycle', d.lifecycle, 'classification', d.classification, 'sample', d.sample,
      'certified', p.certified is not null, 'updated_at', d.updated_at, 'rank', p.rank) order by p.at), '[]')
    from page p join catalog_documents d on d.kind = p.kind and d.name = p.name)`
