import { overFiles } from './duckdb'

export interface ColumnStatistics {
  rows: number
  nulls: number
  distinct: number
  least: string
  greatest: string
  /** Null for a column that holds no numbers. */
  mean: number | null
  deviation: number | null
  /** From 0 to 1 in tenths; empty for a column that holds no numbers. */
  deciles: number[]
}

/** What DuckDB says about one column of a CSV file. */
export async function statisticsOf(csv: string, column: string, numeric: boolean): Promise<ColumnStatistics> {
  const numbers = numeric
    ? `avg(${column}) as mean, stddev_samp(${column}) as deviation,
       quantile_cont(${column}, [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]) as deciles`
    : 'null as mean, null as deviation, null as deciles'
  const [row] = await overFiles(
    { 'file.csv': csv },
    (path) => `
      select count(*) as rows, count(*) - count(${column}) as nulls, count(distinct ${column}) as distinct,
        min(${column})::varchar as least, max(${column})::varchar as greatest, ${numbers}
      from read_csv(${path('file.csv')})`,
  )
  if (!row) throw new Error('DuckDB answered nothing.')
  return {
    rows: Number(row.rows),
    nulls: Number(row.nulls),
    distinct: Number(row.distinct),
    least: String(row.least),
    greatest: String(row.greatest),
    mean: row.mean === null ? null : Number(row.mean),
    deviation: row.deviation === null ? null : Number(row.deviation),
    deciles: Array.isArray(row.deciles) ? row.deciles.map(Number) : [],
  }
}

/** How many values of a column lie in each right-closed bin between these edges, the open ends included. */
export async function binCounts(csv: string, column: string, edges: number[]): Promise<number[]> {
  const bounds = [...edges.map((edge) => `${edge}::double`), "'infinity'::double"].join(', ')
  const rows = await overFiles(
    { 'file.csv': csv },
    (path) => `
      with bins as (select unnest([${bounds}]) as upper_edge, unnest(range(${edges.length + 1})) as place)
      select place, (select count(*) from read_csv(${path('file.csv')}) r
        where r.${column} <= upper_edge and r.${column} > coalesce((select upper_edge from bins b where b.place = bins.place - 1), '-infinity'::double)) as count
      from bins order by place`,
  )
  return rows.map((row) => Number(row.count))
}
