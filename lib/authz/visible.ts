import {
  inArray,
  isNotNull,
  isNull,
  notInArray,
  or as orSql,
  type SQL,
  type SQLWrapper,
  sql,
} from 'drizzle-orm'
import { featureGroups } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import type { Condition } from './condition'
import { type Situation, situationOf } from './entities'
import { NotCompilable } from './expression'
import { narrowKey } from './narrow-key'
import { remainder } from './remainder'

export interface VisibleColumns {
  teamId: SQLWrapper
  classification: SQLWrapper
  /** The feature group's id, where a row belongs to one. */
  groupId?: SQLWrapper
}

/** Null: the rows have no such attribute. */
function columnOf(attribute: string, columns: VisibleColumns): SQLWrapper | null {
  if (attribute === 'team') return columns.teamId
  if (attribute === 'classification') return columns.classification
  if (attribute === 'id') return columns.groupId ?? null
  throw new NotCompilable(`Lists have no column for resource.${attribute}.`)
}

/** Negation is pushed down to the columns, where an absent value makes a membership false and its negation true. */
function toSql(condition: Condition, columns: VisibleColumns, negated: boolean): SQL {
  if (typeof condition === 'boolean') return condition !== negated ? sql`true` : sql`false`
  if (condition.op === 'not') return toSql(condition.term, columns, !negated)
  if (condition.op === 'and' || condition.op === 'or') {
    const terms = condition.terms.map((term) => toSql(term, columns, negated))
    const conjunction = (condition.op === 'and') !== negated
    return sql`(${sql.join(terms, conjunction ? sql` and ` : sql` or `)})`
  }
  const column = columnOf(condition.attribute, columns)
  if (column === null) return negated ? sql`true` : sql`false`
  if (condition.op === 'has') return negated ? isNull(column) : isNotNull(column)
  if (!negated) return inArray(column, condition.values)
  return orSql(isNull(column), notInArray(column, condition.values)) ?? sql`false`
}

/** A key that is limited to groups sees nothing else. */
function withinKey({ actor }: Situation, columns: VisibleColumns): SQL {
  if (actor.kind !== 'apiKey' || actor.groups.length === 0) return sql`true`
  if (!columns.groupId) return sql`false`
  const names = sql.join(
    actor.groups.map((name) => sql`${name}`),
    sql`, `,
  )
  return sql`${columns.groupId} in (select ${featureGroups.id} from ${featureGroups} where ${featureGroups.name} in (${names}))`
}

/**
 * The where-clause of every list, count and facet: true exactly for the rows that decide('catalog:describe')
 * allows. Compiled from what Cedar's partial evaluation leaves of the policies, not from a second reading.
 */
export function visible(ctx: Context, columns: VisibleColumns): SQL {
  const situation = situationOf(ctx, 'catalog:describe')
  if (narrowKey(situation, null)) return sql`false`
  return sql`(${toSql(remainder(situation).allowed, columns, false)} and ${withinKey(situation, columns)})`
}
