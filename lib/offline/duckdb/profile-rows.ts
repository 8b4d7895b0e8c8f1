import { isNumericType } from '@/lib/core/feature-type'
import { queryRows } from '../engine-client'
import type { Column, History } from '../port'
import { operationColumn } from '../staged'
import { scanHistory } from './history'
import { numberOf, numberOrNull } from './profile-watched'
import { identifier } from './sql'

/** What one column holds, at a glance. Mean, least and greatest are of finite numbers; of a bool, the share of trues. */
export interface ColumnGlance {
  present: number
  mean: number | null
  min: number | null
  max: number | null
}

export interface RowsGlance {
  /** Tombstones left out. */
  rows: number
  keys: number
  columns: Map<string, ColumnGlance>
}

function cellsOf({ name, type }: Column): string[] {
  const x = identifier(name)
  if (type.kind === 'bool') return [`count(${x})`, `avg(CAST(${x} AS INTEGER))`, 'NULL', 'NULL']
  if (!isNumericType(type)) return [`count(${x})`, 'NULL', 'NULL', 'NULL']
  const number = `CAST(${x} AS DOUBLE)`
  const finite = `CASE WHEN isfinite(${number}) THEN ${number} END`
  return [`count(${x})`, `avg(${finite})`, `min(${finite})`, `max(${finite})`]
}

/** One pass over the rows of a history: counts, means and extremes of its features. */
export async function profileRows(history: History, signal?: AbortSignal): Promise<RowsGlance> {
  const { keys, features } = history.schema
  const scan = scanHistory({
    history,
    columns: [...keys, ...features],
    where: [`${operationColumn} = 'upsert'`],
  })
  const names = keys.map(({ name }) => identifier(name))
  const different = names.length > 0 ? `count(DISTINCT (${names.join(', ')}))` : 'least(count(*), 1)'
  const cells = ['count(*)', different, ...features.flatMap(cellsOf)]
  const [row = []] = await queryRows(`SELECT ${cells.join(', ')} FROM (${scan})`, [], signal)
  const columns = new Map<string, ColumnGlance>()
  features.forEach(({ name }, index) => {
    const [present, mean, min, max] = row.slice(2 + index * 4, 6 + index * 4)
    columns.set(name, {
      present: numberOf(present),
      mean: numberOrNull(mean),
      min: numberOrNull(min),
      max: numberOrNull(max),
    })
  })
  return { rows: numberOf(row[0]), keys: numberOf(row[1]), columns }
}
