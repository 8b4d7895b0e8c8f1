import { type SQL, sql } from 'drizzle-orm'
import { catalogDocuments as document } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import type { SearchQuery } from './operations'
import {
  allPass,
  columns,
  countsOf,
  filtersOf,
  hits,
  lines,
  mostRanked,
  passesAll,
  standing,
  within,
} from './search-columns'
import { beginning, type Concept, singularOf, type Terms } from './terms'

const anyWeight = ({ simple, english }: Concept): SQL =>
  sql`(to_tsquery('simple', ${simple}) || to_tsquery('english', ${english}))`

const joined = (parts: SQL[], operator: '&&' | '||'): SQL =>
  sql`(${sql.join(parts, sql.raw(` ${operator} `))})`

/** Every choice of `size` among the parts. */
function choices<T>(parts: readonly T[], size: number): T[][] {
  if (size === 0) return [[]]
  return parts.flatMap((part, at) => choices(parts.slice(at + 1), size - 1).map((rest) => [part, ...rest]))
}

/** How a query finds lines. Every kind of match is served by an index of its own. */
interface Matching {
  begins: SQL
  /** That it does not begin so; the first letter tells most lines apart, and is cheap to look at. */
  startsOtherwise: SQL
  names: SQL
  means: SQL
  /** Among those that are found by meaning: how well. */
  score: SQL
  exact: SQL
}

/** A word as it was typed, in names, tags, entity, domain or owner. */
const labelled = (word: string) =>
  sql`to_tsquery('simple', ${[`'${word}':*AB`, ...singularOf(word).map((one) => `'${one}':AB`)].join(' | ')})`

/** How much of what is meant a line says: in its labels more than in its text, as it was typed more than otherwise. */
function scoreOf({ concepts }: Terms, weights: readonly number[]): SQL {
  // Without weights every line says all of it.
  const said = weights.map((weight, at) => {
    const concept = concepts[at]
    return concept
      ? sql`case when ${document.search} @@ ${anyWeight(concept)} then ${weight}::float4 else 0 end`
      : sql`0`
  })
  const literal = concepts.map(
    ({ word }) => sql`case when ${document.search} @@ ${labelled(word)} then 0.5::float4 else 0 end`,
  )
  const typed = concepts.map(({ word }) => sql`to_tsquery('english', ${`'${word}'`})`)
  const rank = typed.length > 0 ? sql`ts_rank(${document.search}, ${joined(typed, '||')}, 1)` : sql`0::float4`
  return sql`(${sql.join([...said, ...literal, rank], sql` + `)})::float4`
}

export interface Asked {
  terms: Terms
  /** Of so many concepts a line has to say at least. */
  atLeast: number
  /** What each concept is worth. */
  weights: readonly number[]
}

function matching({ terms, atLeast, weights }: Asked): Matching | null {
  const { squashed, names, concepts } = terms
  if (names === null || squashed === '') return null
  const short = sql`translate(${document.shortName}, '_', '')`
  const whole = sql`translate(${document.name}, '_:', '')`
  const start = beginning(squashed)
  const first = beginning(squashed.slice(0, 1))
  const sets = choices(concepts, atLeast).map((chosen) => joined(chosen.map(anyWeight), '&&'))
  return {
    begins: sql`(${short} like ${start} or ${whole} like ${start})`,
    startsOtherwise: sql`((${document.shortName} not like ${first} and ${document.name} not like ${first})
      or not (${short} like ${start} or ${whole} like ${start}))`,
    names: sql`${document.search} @@ to_tsquery('simple', ${names})`,
    means: sql`${document.search} @@ ${joined(sets, '||')}`,
    score: scoreOf(terms, weights),
    exact: sql`case when ${document.shortName} = ${terms.text} or ${document.name} = ${terms.text} then 2
      when ${short} = ${squashed} or ${whole} = ${squashed} then 1 else 0 end`,
  }
}

/** `group`, `feature`, … in the order in which equals are shown. */
const kindOrder = sql`array_position(array['group','feature','service','entity','source','dataset'], m.kind)`
const gone = sql`(m.lifecycle in ('deprecated', 'archived'))`

const orders: Record<SearchQuery['sort'], SQL> = {
  relevance: sql`m.exact desc, ${gone}, m.rank, coalesce(s.score, 0) desc, ${kindOrder}, m.readers desc, m.group_name,
    m.position, m.name`,
  name: sql`m.name, m.kind`,
  '-name': sql`m.name desc, m.kind desc`,
  updated_at: sql`m.updated_at, m.name, m.kind`,
  '-updated_at': sql`m.updated_at desc, m.name desc, m.kind desc`,
}

/** Where more are found by meaning alone, how well each says it does not tell them apart. */
const mostScored = 1000

/**
 * The best lines, each by the first way in which it is found: what passes the filters, and beside it what does not, for
 * the counts of the facets.
 */
function found(
  ctx: Context,
  { begins, startsOtherwise, names, means, exact }: Matching,
  query: SearchQuery,
): SQL {
  const named = sql`(${begins} or ${names})`
  const byName = sql`case when ${begins} then 2 else 3 end as rank, ${exact} as exact`
  const byMeaning = sql`4 as rank, 0 as exact`
  const branch = (ranked: SQL, how: SQL, filter: SQL) =>
    sql`(select ${document}.ctid as place, name, group_name, position, updated_at, readers, ${ranked}, ${columns(query)}
      from ${lines} where ${within(ctx, query)} and ${filter} and ${how} limit ${mostRanked})`
  const passing = passesAll(query)
  const isFiltered = filtersOf(query).some((name) => (query[name]?.length ?? 0) > 0)
  const others = isFiltered ? sql`(${passing}) is not true` : sql`${document.lifecycle} = 'archived'`
  return sql`(select * from (${branch(byName, named, passing)} union all
      ${branch(byMeaning, sql`${means} and ${startsOtherwise} and not ${names}`, passing)}) best limit ${mostRanked})
    union all ${branch(byMeaning, sql`(${begins} or ${means})`, others)}`
}

/**
 * One statement, one row: `hits` (a page, in order) and `counts` (as countsOf). Only lines that the caller may see are
 * ever matched, so hits, counts and facets agree with the policies. Null: nothing can be found by such a query.
 */
export function searchStatement(ctx: Context, asked: Asked, query: SearchQuery, offset: number): SQL | null {
  const how = matching(asked)
  if (how === null) return null
  const all = allPass(filtersOf(query))
  const order = orders[query.sort]
  return sql`with ${standing(ctx)}, matched as materialized (${found(ctx, how, query)}), meant as materialized (
    select m.place from matched m where m.rank = 4 and ${all} limit ${mostScored + 1}
  ), scored as materialized (
    select ${document}.ctid as place, ${how.score} as score from ${document}
    where ${document}.ctid = any(array(select place from meant)) and (select count(*) from meant) <= ${mostScored}
  ), best as (
    select m.*, s.score from matched m left join scored s on s.place = m.place where ${all}
    order by ${order} limit ${query.limit} offset ${offset}
  ), page as (
    select m.kind, m.name, case when m.exact > 0 then 1 else m.rank end as rank, m.certified,
      row_number() over (order by ${order}) as at
    from (select * from best) m cross join lateral (select m.score) s
  )
  select ${hits} as hits, ${countsOf(query, sql`matched`)} as counts`
}
