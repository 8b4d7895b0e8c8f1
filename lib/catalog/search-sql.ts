import { type SQL, sql } from 'drizzle-orm'
import { catalogDocuments as document } from '@/db/schema'
import { visible } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { type FacetName, facetNames, type SearchQuery } from './operations'
import { beginning, type Terms } from './terms'

const facetColumns = {
  kind: document.kind,
  team: document.team,
  entity: document.entity,
  type: document.dataType,
  lifecycle: document.lifecycle,
  classification: document.classification,
  certified: sql`standing.certified`,
}

/**
 * What reviewers stand for now: not revoked, not lapsed, and of the version that is active. Few rows, found once a
 * search and joined.
 */
const standing = (
  now: string,
): SQL => sql`select c.asset_kind, c.asset_name, 'certified'::text as certified from certifications c
    where c.revoked_at is null and c.expires_at > ${now}::timestamptz and c.version = case
      when c.asset_kind = 'service' then (select max(v.version) from feature_service_versions v
        join feature_services s on s.id = v.service_id where s.name = c.asset_name)
      else (select max(v.major) from feature_group_versions v join feature_groups g on g.id = v.group_id
        where g.name = split_part(c.asset_name, ':', 1) and v.state = 'active') end`

/** Whether a line passes one facet's filter. */
function passes(name: FacetName, query: SearchQuery): SQL {
  const chosen = query[name]
  // What is archived is found by those who ask for it; its facet says how much there is.
  if (name === 'lifecycle' && !chosen?.length) return sql`${document.lifecycle} <> 'archived'`
  if (!chosen || chosen.length === 0) return sql`true`
  if (name === 'tag') {
    const tags = sql.join(
      chosen.map((tag) => sql`${tag}`),
      sql`, `,
    )
    return sql`${document.tags} && array[${tags}]::text[]`
  }
  const values = sql.join(
    chosen.map((value) => sql`${value}`),
    sql`, `,
  )
  return sql`coalesce(${facetColumns[name]} in (${values}), false)`
}

interface Matching {
  /** Which lines the query finds. */
  where: SQL
  /** 1 exact, 2 prefix, 3 words of the name, 4 meaning; 0 without a query. */
  rank: SQL
  score: SQL
}

/** How a query finds lines. Every kind of match is served by an index of its own. */
function matching(terms: Terms): Matching {
  if (terms.text === '') return { where: sql`true`, rank: sql`0`, score: sql`0::float4` }
  const joined = terms.words.join('_')
  const starts = [...new Set([terms.text, joined])].filter((text) => text !== '').map(beginning)
  const beginsWith = sql.join(
    starts.flatMap((start) => [
      sql`${document.shortName} like ${start}`,
      sql`${document.name} like ${start}`,
    ]),
    sql` or `,
  )
  const exact = sql`${document.shortName} in (${terms.text}, ${joined}) or ${document.name} = ${terms.text}`
  if (terms.names === null || terms.anywhere === null) {
    return {
      where: sql`(${beginsWith})`,
      rank: sql`case when ${exact} then 1 else 2 end`,
      score: sql`0::float4`,
    }
  }
  const names = sql`to_tsquery('simple', ${terms.names})`
  const anywhere = sql`(to_tsquery('simple', ${terms.anywhere}) || plainto_tsquery('english', ${terms.text}))`
  return {
    where: sql`(${beginsWith} or ${document.search} @@ ${anywhere})`,
    rank: sql`case when ${exact} then 1 when ${beginsWith} then 2 when ${document.search} @@ ${names} then 3 else 4 end`,
    score: sql`ts_rank(${document.search}, ${anywhere})`,
  }
}

/** `group`, `feature`, … in the order in which equals are shown. */
const kindOrder = sql`array_position(array['group','feature','service','entity','source','dataset'], m.kind)`
const gone = sql`(m.lifecycle in ('deprecated', 'archived'))`

const orders: Record<SearchQuery['sort'], SQL> = {
  relevance: sql`(m.rank = 1) desc, ${gone}, m.rank, ${kindOrder}, m.score desc, m.group_name, m.position, m.name`,
  name: sql`m.name, m.kind`,
  '-name': sql`m.name desc, m.kind`,
  updated_at: sql`m.updated_at, m.name, m.kind`,
  '-updated_at': sql`m.updated_at desc, m.name, m.kind`,
}

const flag = (name: FacetName) => sql.raw(`m.f_${name}`)
const allOf = (names: readonly FacetName[]) => sql.join(names.map(flag), sql` and `)

function facetCounts(name: FacetName): SQL {
  const others = allOf(facetNames.filter((other) => other !== name))
  const value = name === 'tag' ? sql`t.tag` : sql.raw(`m.${name === 'type' ? 'data_type' : name}`)
  const from = name === 'tag' ? sql`matched m cross join lateral unnest(m.tags) as t(tag)` : sql`matched m`
  return sql`select ${sql.raw(`'${name}'`)} as facet, ${value} as value, count(*)::int as count from ${from} where ${others} and ${value} is not null group by 2`
}

/**
 * One statement, one row: `unfiltered`, `total`, `hits` (a page, in order) and `facets`. Only lines that the caller
 * may see are ever matched, so hits, counts and facets agree with the policies.
 */
export function searchStatement(ctx: Context, terms: Terms, query: SearchQuery, offset: number): SQL {
  const { where, rank, score } = matching(terms)
  const may = visible(ctx, {
    teamId: document.teamId,
    classification: document.classification,
    groupId: document.groupId,
  })
  const flags = sql.join(
    facetNames.map((name) => sql`${passes(name, query)} as ${sql.raw(`f_${name}`)}`),
    sql`, `,
  )
  const inGroup = query.group === undefined ? sql`true` : sql`${document.groupName} = ${query.group}`
  return sql`with standing as materialized (${standing(ctx.now().toISOString())}), matched as materialized (
    select kind, name, group_name, position, team, entity, data_type, tags, lifecycle, classification, updated_at, certified,
      ${rank} as rank, ${score} as score, ${flags}
    from ${document} left join standing on standing.asset_kind = ${document.kind} and standing.asset_name = ${document.name}
    where ${may} and ${inGroup} and ${where}
  ), page as (
    select m.kind, m.name, m.rank, m.certified, row_number() over (order by ${orders[query.sort]}) as at
    from matched m where ${allOf(facetNames)} order by at limit ${query.limit} offset ${offset}
  )
  select
    (select count(*)::int from matched) as unfiltered,
    (select count(*)::int from matched m where ${allOf(facetNames)}) as total,
    (select coalesce(json_agg(json_build_object('kind', d.kind, 'name', d.name, 'short_name', d.short_name,
        'group', d.group_name, 'description', d.description, 'entity', d.entity, 'type', d.data_type, 'team', d.team,
        'tags', d.tags, 'lifecycle', d.lifecycle, 'classification', d.classification, 'sample', d.sample, 'certified', p.certified is not null,
        'updated_at', d.updated_at, 'rank', p.rank) order by p.at), '[]')
      from page p join catalog_documents d on d.kind = p.kind and d.name = p.name) as hits,
    (select coalesce(json_agg(json_build_object('facet', f.facet, 'value', f.value, 'count', f.count)
        order by f.count desc, f.value), '[]')
      from (${sql.join(facetNames.map(facetCounts), sql` union all `)}) f) as facets`
}
