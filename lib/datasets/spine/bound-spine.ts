import { parseEventTime } from '@/lib/core/feature-type'
import { type DuckDbSpine, identifier, queryRows, sqlTimestamp } from '@/lib/offline'
import type { Split } from '../types'

export interface BoundSpine {
  /** The rows that take part, in the order of the dataset. */
  spine: DuckDbSpine
  /** All rows of the spine. */
  total: number
  /** Rows whose label could not be known yet. */
  leftOut: number
  /** Rows of each file, in order. */
  files: { name: string; rows: number }[]
}

export interface Bounds {
  /** Rows later than this are left out; null: none. */
  latestMicros: bigint | null
  split: Split | null
  /** At most so many rows, spread evenly; null: all. */
  sample: number | null
}

const names = ['train.parquet', 'validation.parquet', 'test.parquet']

const micros = (text: string): bigint => parseEventTime(text) ?? 0n

/** SQL of the file a row goes to: 0 train, 1 validation, 2 test. */
function fileOf(split: Split | null, time: string): string {
  if (split === null) return '0'
  if (split.by === 'time') {
    const validation =
      split.validation_from === null
        ? ''
        : ` WHEN ${time} >= ${sqlTimestamp(micros(split.validation_from))} THEN 1`
    return `CASE WHEN ${time} >= ${sqlTimestamp(micros(split.test_from))} THEN 2${validation} ELSE 0 END`
  }
  const drawn = `(('0x' || substr(sha256('${split.seed}:' || __almanac_row), 1, 8))::BIGINT / 4294967296.0)`
  return `CASE WHEN ${drawn} < ${split.test} THEN 2 WHEN ${drawn} < ${split.test + split.validation} THEN 1 ELSE 0 END`
}

function filesOf(split: Split | null, counts: number[]): BoundSpine['files'] {
  if (split === null) return [{ name: 'data.parquet', rows: counts[0] ?? 0 }]
  const wanted = split.by === 'time' ? split.validation_from !== null : split.validation > 0
  return names.flatMap((name, index) => (index === 1 && !wanted ? [] : [{ name, rows: counts[index] ?? 0 }]))
}

/**
 * Leaves out the rows whose label is not known yet, and puts the others into the order of the files: training rows
 * first, each file's in the spine's own order.
 */
export async function boundSpine(
  spine: DuckDbSpine,
  { latestMicros, split, sample }: Bounds,
  signal?: AbortSignal,
): Promise<BoundSpine> {
  const time = identifier(spine.timestampColumn)
  const inTime = latestMicros === null ? 'TRUE' : `${time} <= ${sqlTimestamp(latestMicros)}`
  const kept = `SELECT row_number() OVER () AS __almanac_row, * FROM (SELECT * FROM (${spine.relation}) WHERE ${inTime})`
  const file = fileOf(split, time)
  const counting = [0, 1, 2].map((index) => `count(*) FILTER (${file} = ${index})`)
  const [counts = []] = await queryRows(
    `SELECT (SELECT count(*) FROM (${spine.relation})), count(*), ${counting.join(', ')} FROM (${kept})`,
    [],
    signal,
  )
  const [total = 0, rows = 0, ...perFile] = counts.map(Number)
  const columns = spine.columns.map(({ name }) => identifier(name)).join(', ')
  const step = sample === null ? 1 : Math.max(1, Math.floor(rows / sample))
  const sampled = sample === null ? '' : ` WHERE __almanac_row % ${step} = 0`
  const order = split === null ? '__almanac_row' : `${file}, __almanac_row`
  const limit = sample === null ? '' : ` LIMIT ${sample}`
  // The numbers of the file's own rows would bring back what is left out here, in the file's order.
  const { numbered: _, ...unnumbered } = spine
  return {
    spine: {
      ...unnumbered,
      rows: sample === null ? rows : Math.min(sample, rows),
      relation: `SELECT ${columns} FROM (${kept})${sampled} ORDER BY ${order}${limit}`,
    },
    total,
    leftOut: total - rows,
    files: filesOf(split, perFile),
  }
}
