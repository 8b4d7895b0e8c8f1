import {
  doubles,
  numberOf,
  numberOrNull,
  type Period,
  queryWatched,
  texts,
  type WatchedKind,
  type WatchedPass,
  type WatchedSpan,
  watchedPasses,
} from './profile-watched'

export interface WindowColumn {
  name: string
  kind: WatchedKind
  /** Strictly increasing; `cells` are counted between and on them. */
  edges?: number[]
  /** Categories that every window counts, beside its own most frequent others. */
  values?: string[]
  /** How many others; 50 when absent. */
  mostOthers?: number
  /** Count different numbers too; of a history too long to be held it is an estimate. */
  countDistinct?: boolean
}

export interface WindowsRequest extends WatchedSpan {
  columns: WindowColumn[]
  period: Period
  /** Rows after it are counted as of the future. */
  nowMicros?: bigint
}

/** Finite values that lie on edge number `edge` (from 1), or above it and below the next; 0 is below the first. */
export interface Cell {
  edge: number
  onEdge: boolean
  count: number
  sum: number
}

/** Counts of one column in one window. Mean, m2, min and max are of the finite values; null where not computable. */
export interface WindowCounts {
  column: string
  /** Null when the period is `all`. */
  startMicros: bigint | null
  rows: number
  nulls: number
  nan: number
  positiveInfinity: number
  negativeInfinity: number
  min: number | null
  max: number | null
  mean: number | null
  /** Σ(x − mean)². */
  m2: number | null
  trues: number
  /** Different categories, and different finite numbers where they are asked for; else 0. */
  distinct: number
  /** The numbers were too many to be held: within a quarter. */
  isDistinctEstimated: boolean
  /** Finite numbers that are not whole. */
  fractional: number
  newestMicros: bigint | null
  futureRows: number
  cells: Cell[]
  /** Categories with their rows, most frequent first. */
  values: [value: string, count: number][]
}

/** Squares of larger values, and sums of many of the next, leave what a double holds; the engine would fail. */
const squareLimit = '1e150'
const sumLimit = '1e300'
const otherCategories = 50

const isNumeric = (kind: WatchedKind) => kind === 'numeric' || kind === 'length'

/** Exact where the rows are held, which bounds what there is to remember. */
const distinctNumbers = (c: string, isLong: boolean): string =>
  `${isLong ? 'approx_count_distinct(' : 'count(DISTINCT '}${c}) FILTER (isfinite(${c}))`

interface Pass {
  isLong: boolean
  nowMicros: bigint | undefined
}

function scalars({ kind, countDistinct }: WindowColumn, index: number, { isLong, nowMicros }: Pass): string {
  const c = `c${index}`
  const finite = `isfinite(${c})`
  const numbers = isNumeric(kind)
    ? [
        `count(*) FILTER (isnan(${c}))`,
        `count(*) FILTER (${c} = 'Infinity'::DOUBLE)`,
        `count(*) FILTER (${c} = '-Infinity'::DOUBLE)`,
        `min(${c}) FILTER (${finite})`,
        `max(${c}) FILTER (${finite})`,
        `CASE WHEN count(*) FILTER (${finite} AND abs(${c}) >= ${sumLimit}) = 0 ` +
          `THEN favg(${c}) FILTER (${finite} AND abs(${c}) < ${sumLimit}) END`,
        `CASE WHEN count(*) FILTER (${finite} AND abs(${c}) >= ${squareLimit}) = 0 ` +
          `THEN var_pop(${c}) FILTER (${finite} AND abs(${c}) < ${squareLimit}) * count(*) FILTER (${finite}) END`,
        '0',
        countDistinct ? distinctNumbers(c, isLong) : '0',
        `count(*) FILTER (${finite} AND ${c} <> trunc(${c}))`,
      ]
    : [
        ...['0', '0', '0', 'NULL', 'NULL', 'NULL', 'NULL'],
        ...(kind === 'categorical' ? ['0', `count(DISTINCT ${c})`] : [`count(*) FILTER (${c})`, '0']),
        '0',
      ]
  const times = ['max(t)', nowMicros === undefined ? '0' : `count(*) FILTER (t > ${nowMicros})`]
  const all = ['count(*)', `count(*) - count(${c})`, ...numbers, ...times].map(
    (number) => `CAST(${number} AS DOUBLE)`,
  )
  return `SELECT ${index} AS c, w, 0 AS part, NULL::VARCHAR AS label, [${all.join(', ')}] AS numbers FROM watched GROUP BY w`
}

/** One as-of join gives each value the greatest edge that it reaches: all bins and sums follow from these cells. */
const cells = (edges: readonly number[], index: number): string =>
  `SELECT ${index}, w, 1, NULL, [coalesce(e.i, 0)::DOUBLE, coalesce((v.x = e.e)::INT, 0)::DOUBLE, count(*)::DOUBLE, fsum(v.x)] ` +
  `FROM (SELECT w, c${index} AS x FROM watched WHERE isfinite(c${index})) v ` +
  `ASOF LEFT JOIN (SELECT unnest(l) AS e, generate_subscripts(l, 1) AS i FROM (SELECT ${doubles(edges)} AS l)) e ` +
  'ON v.x >= e.e GROUP BY w, e.i, v.x = e.e'

const categories = (values: readonly string[], mostOthers: number, index: number): string =>
  `SELECT ${index}, w, 2, v, [n::DOUBLE] FROM (SELECT w, v, n, known, ` +
  'row_number() OVER (PARTITION BY w, known ORDER BY n DESC, v) AS place FROM (' +
  `SELECT w, c${index} AS v, count(*) AS n, list_contains(${texts(values)}, c${index}) AS known ` +
  `FROM watched WHERE c${index} IS NOT NULL GROUP BY ALL)) WHERE known OR place <= ${mostOthers}`

/** The number of the greatest edge that `x` reaches, doubled, and one more where it lies on it. */
function cellCode(edges: readonly number[], least: number, most: number): string {
  const edge = (number: number) => `'${edges[number - 1]}'::DOUBLE`
  if (least === most)
    return least === 0 ? '0' : `CASE WHEN x = ${edge(least)} THEN ${2 * least + 1} ELSE ${2 * least} END`
  const middle = (least + most + 1) >> 1
  return `CASE WHEN x >= ${edge(middle)} THEN ${cellCode(edges, middle, most)} ELSE ${cellCode(edges, least, middle - 1)} END`
}

/** The same cells of any number of rows: an as-of join would hold them all, but is planned much faster. */
const cellsOfLong = (edges: readonly number[], index: number): string =>
  `SELECT ${index}, w, 1, NULL, [(code // 2)::DOUBLE, (code % 2)::DOUBLE, count(*)::DOUBLE, fsum(x)] ` +
  `FROM (SELECT w, x, ${cellCode(edges, 0, edges.length)} AS code ` +
  `FROM (SELECT w, c${index} AS x FROM watched) WHERE isfinite(x)) GROUP BY w, code`

function partsOf(column: WindowColumn, index: number, pass: Pass): string[] {
  const { isLong } = pass
  const parts = [scalars(column, index, pass)]
  if (isNumeric(column.kind) && column.edges?.length)
    parts.push((isLong ? cellsOfLong : cells)(column.edges, index))
  if (column.kind === 'categorical') {
    parts.push(categories(column.values ?? [], column.mostOthers ?? otherCategories, index))
  }
  return parts
}

function countsOf(
  column: string,
  startMicros: bigint | null,
  numbers: unknown[],
  isDistinctEstimated: boolean,
): WindowCounts {
  const [
    rows,
    nulls,
    nan,
    positiveInfinity,
    negativeInfinity,
    min,
    max,
    mean,
    m2,
    trues,
    distinct,
    fractional,
    newest,
    future,
  ] = numbers
  return {
    column,
    startMicros,
    rows: numberOf(rows),
    nulls: numberOf(nulls),
    nan: numberOf(nan),
    positiveInfinity: numberOf(positiveInfinity),
    negativeInfinity: numberOf(negativeInfinity),
    min: numberOrNull(min),
    max: numberOrNull(max),
    mean: numberOrNull(mean),
    m2: numberOrNull(m2),
    trues: numberOf(trues),
    distinct: numberOf(distinct),
    fractional: numberOf(fractional),
    isDistinctEstimated,
    newestMicros: numberOrNull(newest) === null ? null : BigInt(numberOf(newest)),
    futureRows: numberOf(future),
    cells: [],
    values: [],
  }
}

/**
 * Counts of the columns in every window of the period that has rows: all columns at once, or one by one where the
 * history is long. Tombstones are left out. Sorted by column in the order asked, then by window.
 */
export async function profileWindows(request: WindowsRequest, signal?: AbortSignal): Promise<WindowCounts[]> {
  if (request.columns.length === 0) return []
  const windows: WindowCounts[] = []
  for (const pass of await watchedPasses(request, request.columns, signal))
    windows.push(...(await countPass(request, pass, signal)))
  return windows
}

async function countPass(
  request: WindowsRequest,
  pass: WatchedPass<WindowColumn>,
  signal?: AbortSignal,
): Promise<WindowCounts[]> {
  const { columns, isLong } = pass
  const parts = columns.flatMap((column, index) =>
    partsOf(column, index, { isLong, nowMicros: request.nowMicros }),
  )
  const sql = `SELECT * FROM (${parts.join(' UNION ALL ')}) ORDER BY c, w, part, numbers DESC, label`
  const rows = await queryWatched(sql, pass, request, request.period, signal)
  const windows: WindowCounts[] = []
  for (const [column, start, part, label, numbers] of rows) {
    if (!Array.isArray(numbers)) continue
    if (part === 0) {
      const asked = columns[numberOf(column)]
      const isEstimated = isLong && asked?.countDistinct === true && isNumeric(asked.kind)
      const startMicros = start === null ? null : BigInt(String(start))
      windows.push(countsOf(asked?.name ?? '', startMicros, numbers, isEstimated))
      continue
    }
    const current = windows.at(-1)
    if (part === 2) current?.values.push([String(label), numberOf(numbers[0])])
    else {
      const [edge, onEdge, count, sum] = numbers.map(numberOf)
      current?.cells.push({ edge: edge ?? 0, onEdge: onEdge === 1, count: count ?? 0, sum: sum ?? 0 })
    }
  }
  return windows
}
