import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { FieldError } from '@/lib/core/errors'
import { convertJson, convertKey, inferJsonColumnType, toEngineText } from '@/lib/core/feature-type'
import { stringifyJson } from '@/lib/core/json'
import type { Column, SpineRows } from '../port'
import { stagedRow } from '../staged'
import { stagingPath } from './select-source'
import {
  type DuckDbSpine,
  lineEnd,
  mostErrors,
  refusal,
  requireColumns,
  timestampType,
} from './spine-columns'
import { castFromText, identifier, stagedFile } from './sql'

const rowError = (row: number, column: string, rule: string, reason: string, value: unknown): FieldError => ({
  pointer: `/spine/rows/${row}/${column}`,
  reason,
  code: rule,
  row: row + 1,
  column,
  rule,
  ...(value === undefined ? {} : { value: stringifyJson(value).slice(0, 200) }),
})

/** See OfflineStore.stageSpine. */
export async function stageSpine(spine: SpineRows): Promise<DuckDbSpine> {
  const columns = columnsOfRows(spine)
  const path = await stagingPath('csv')
  const latest: Latest = { micros: null }
  try {
    await pipeline(Readable.from(stagedLines(spine, columns, latest)), createWriteStream(path))
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
  const casts = columns.map(
    ({ name, type }) => `${castFromText(type, identifier(name))} AS ${identifier(name)}`,
  )
  // A file of one null column would be a file of empty lines, so every line ends in a cell of its own.
  const read = stagedFile(path, [...columns.map(({ name }) => name), lineEnd])
  return {
    path,
    format: 'csv',
    columns,
    timestampColumn: spine.timestampColumn,
    rows: spine.rows.length,
    latestMicros: latest.micros,
    relation: `SELECT ${casts.join(', ')} FROM ${read}`,
    dispose: () => rm(path, { force: true }),
  }
}

interface Latest {
  micros: bigint | null
}

/** Names in the order of their first appearance; an empty spine has the timestamp and the keys. */
function columnsOfRows({ rows, timestampColumn, keys }: SpineRows): Column[] {
  const names = new Set<string>()
  for (const row of rows) for (const name of Object.keys(row)) names.add(name)
  if (rows.length === 0) for (const { name } of [...keys, { name: timestampColumn }]) names.add(name)
  const keyTypes = new Map(keys.map(({ name, type }) => [name, type]))
  requireColumns([...names], timestampColumn, keys)
  return [...names].map((name) => {
    if (name === timestampColumn) return { name, type: timestampType }
    const type = keyTypes.get(name)
    return { name, type: type ?? inferJsonColumnType(rows.map((row) => row[name])) }
  })
}

function* stagedLines(
  { rows, timestampColumn, keys }: SpineRows,
  columns: Column[],
  latest: Latest,
): Generator<string> {
  const isKey = new Set(keys.map(({ name }) => name))
  const errors: FieldError[] = []
  for (const [index, row] of rows.entries()) {
    const cells = columns.map(({ name, type }) => {
      const value = Object.hasOwn(row, name) ? row[name] : null
      const result = isKey.has(name) ? convertKey(type, value) : convertJson(type, value)
      if (!result.ok) {
        errors.push(rowError(index, name, result.rule, result.reason, value))
        return null
      }
      if (name === timestampColumn && result.value === null) {
        errors.push(
          rowError(index, name, 'required', `The timestamp \`${name}\` is null or missing`, undefined),
        )
      }
      if (name === timestampColumn && typeof result.value === 'bigint')
        if (latest.micros === null || result.value > latest.micros) latest.micros = result.value
      return toEngineText(type, result.value)
    })
    if (errors.length >= mostErrors) break
    if (errors.length === 0) yield stagedRow([...cells, '.'])
  }
  if (errors.length > 0) throw refusal(errors)
}
