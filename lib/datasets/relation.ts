import { join } from 'node:path'
import { engineType, type FeatureType, parseFeatureType } from '@/lib/core/feature-type'
import { type Column, identifier, sqlText } from '@/lib/offline'
import type { DatasetColumn, DatasetFile } from './types'

/** Every type of a stored column was formatted by the codec. */
function storedType(text: string): FeatureType {
  const type = parseFeatureType(text)
  if (!type) throw new Error(`A dataset holds a type that is not one: ${text}`)
  return type
}

export const typedColumns = (columns: readonly DatasetColumn[]): Column[] =>
  columns.map(({ name, type }) => ({ name, type: storedType(type) }))

/** Parquet says UTC of its timestamps; within the engine they are plain. */
const plain = ({ name, type }: Column): string =>
  type.kind === 'timestamp' ? `make_timestamp(epoch_us(${identifier(name)}))` : identifier(name)

const filesList = (paths: readonly string[]) => `[${paths.map(sqlText).join(', ')}]`

/** A SELECT of typed columns over Parquet files of a dataset, rows in the order of the files. */
export function filesRelation(paths: readonly string[], columns: readonly Column[]): string {
  const selected = columns.map((column) => `${plain(column)} AS ${identifier(column.name)}`)
  return `SELECT ${selected.join(', ')} FROM read_parquet(${filesList(paths)})`
}

/** The same with the number of each row, from 1, as `__almanac_row`. */
export function numberedRelation(paths: readonly string[], columns: readonly Column[]): string {
  const names = columns.map(({ name }) => identifier(name))
  return `SELECT ${['row_number() OVER () AS __almanac_row', ...names].join(', ')} FROM (${filesRelation(paths, columns)})`
}

export const cast = (expression: string, type: FeatureType): string =>
  `CAST(${expression} AS ${engineType(type)})`

export const pathsOf = (folder: string, files: readonly DatasetFile[]): string[] =>
  files.map(({ name }) => join(folder, name))
