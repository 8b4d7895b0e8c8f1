import { invalid } from '@/lib/core/errors'
import type { RenamedColumns } from '../port'
import { type Source, sourceRow } from './source'
import { identifier } from './sql'

/** A source whose columns are called as in the group, without those that are left out. Throws `invalid` where two are one. */
export function withNames(source: Source, renamed?: RenamedColumns): Source {
  if (!renamed || renamed.size === 0) return source
  const taken = new Map<string, string>()
  const columns = source.columns.flatMap((column) => {
    const name = renamed.has(column.name) ? (renamed.get(column.name) ?? null) : column.name
    if (name === null) return []
    // The engine does not tell upper from lower case in names.
    const other = taken.get(name.toLowerCase())
    if (other !== undefined)
      throw invalid(`Two columns of the file, \`${other}\` and \`${column.name}\`, would be \`${name}\`.`)
    taken.set(name.toLowerCase(), column.name)
    return [{ own: column.sql, column: { ...column, name, sql: identifier(name) } }]
  })
  const named = columns.map(({ own, column }) => `${own} AS ${column.sql}`)
  return {
    relation: `SELECT ${[...named, sourceRow].join(', ')} FROM (${source.relation})`,
    columns: columns.map(({ column }) => column),
  }
}
