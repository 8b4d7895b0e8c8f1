import { queryRows } from '../engine-client'
import { fillWatched, numberOf, type WatchedSpan } from './profile-watched'

export interface OrderRequest extends WatchedSpan {
  columns: {
    name: string
    kind: 'numeric' | 'length'
    /** Places (from 0) among the finite values in ascending order. */
    places: number[]
  }[]
  /** Columns with at most so many different finite values have them listed. */
  mostValues: number
}

export interface ColumnOrder {
  /** Place → value. */
  at: Map<number, number>
  /** The different finite values, ascending; null when there are more than `mostValues`. */
  values: number[] | null
}

/** Values at given places of the sorted finite values: from them quantiles are exact without moving a column here. */
export async function profileOrder(
  request: OrderRequest,
  signal?: AbortSignal,
): Promise<Map<string, ColumnOrder>> {
  const { columns, mostValues } = request
  const orders = new Map(columns.map(({ name }) => [name, { at: new Map(), values: null } as ColumnOrder]))
  if (columns.length === 0) return orders
  const parts = columns.flatMap(({ places }, index) => {
    const finite = `SELECT c${index} AS x FROM watched WHERE isfinite(c${index})`
    const asked = places.length === 0 ? 'FALSE' : `place IN (${places.join(', ')})`
    return [
      `SELECT ${index} AS c, place, x FROM (SELECT x, row_number() OVER (ORDER BY x) - 1 AS place FROM (${finite})) WHERE ${asked}`,
      `SELECT ${index}, -1, x FROM (SELECT DISTINCT x FROM (${finite}) LIMIT ${mostValues + 1})`,
    ]
  })
  const sql = `SELECT * FROM (${parts.join(' UNION ALL ')}) ORDER BY c, place, x`
  for (const [column, place, x] of await queryRows(sql, [fillWatched(request, 'all', columns)], signal)) {
    const order = orders.get(columns[numberOf(column)]?.name ?? '')
    if (!order) continue
    if (numberOf(place) >= 0) order.at.set(numberOf(place), numberOf(x))
    else order.values = [...(order.values ?? []), numberOf(x)]
  }
  for (const order of orders.values()) {
    if (order.values && order.values.length > mostValues) order.values = null
  }
  return orders
}
