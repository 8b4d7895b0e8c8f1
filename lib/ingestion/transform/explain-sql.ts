import { DomainError } from '@/lib/core/errors'
import { SelectError } from '@/lib/offline'
import { originalOffset, type TransformationWindow } from './bind-window'
import { beforeSql } from './windowed-sql'

/** Line and column, from 1. */
function placeOf(sql: string, offset: number): { line: number; column: number } {
  const before = sql.slice(0, offset).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}

/** A fault of the SQL as its author can find it: line and column of the text that was registered. */
export function explainSql(error: unknown, sql: string, window: TransformationWindow): unknown {
  if (!(error instanceof SelectError)) return error
  const offset = error.offset === null ? null : error.offset - beforeSql.length
  const isInside = offset !== null && offset >= 0
  const own = isInside ? originalOffset(sql, window, offset) : null
  if (own === null || own > sql.length) return sqlFault(error.message)
  const { line, column } = placeOf(sql, own)
  return sqlFault(`${error.message} (line ${line}, column ${column})`, { line, column })
}

const sqlFault = (reason: string, position?: { line: number; column: number }) =>
  new DomainError('invalid', reason, {
    errors: [{ pointer: '/transformation/sql', reason, code: 'sql' }],
    ...(position ? { extensions: { position } } : {}),
  })
