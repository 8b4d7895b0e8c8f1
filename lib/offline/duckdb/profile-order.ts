import { numberOf, queryWatched, type WatchedPass, type WatchedSpan, watchedPasses } from './profile-watched'

interface OrderColumn {
  name: string
  kind: 'numeric' | 'length'
  /** Places (from 0) among the finite values in ascending order. */
  places: number[]
}

export interface OrderRequest extends WatchedSpan {
  columns: OrderColumn[]
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
  for (const pass of await watchedPasses(request, columns, signal))
    await orderPass(request, pass, orders, signal)
  for (const order of orders.values()) {
    if (order.values && order.values.length > mostValues) order.values = null
  }
  return orders
}

async function orderPass(
  request: OrderRequest,
  pass: WatchedPass<OrderColumn>,
  orders: Map<string, ColumnOrder>,
  signal?: AbortSignal,
): Promise<void> {
  const { columns } = pass
  const parts = columns.flatMap(({ places }, index) => {
    const finite = `SELECT c${index} AS x FROM watched WHERE isfinite(c${index})`
    const asked = places.length === 0 ? 'FALSE' : `place IN (${places.join(', ')})`
    return [
      `SELECT ${index} AS c, place, x FROM (SELECT x, row_number() OVER (ORDER BY x) - 1 AS place FROM (${finite})) WHERE ${asked}`,
      `SELECT ${index}, -1, x FROM (SELECT DISTINCT x FROM (${finite}) LIMIT ${request.mostValues + 1})`,
    ]
  })
  const sql = `SELECT * FROM (${parts.join(' UNION ALL ')}) ORDER BY c, place, x`
  for (const [column, place, x] of await queryWatched(sql, pass, request, 'all', signal)) {
    const order = orders.get(columns[numberOf(column)]?.name ?? '')
    if (!order) continue
    if (numberOf(place) >= 0) order.at.set(numberOf(place), numberOf(x))
    else order.values = [...(order.values ?? []), numberOf(x)]
  }
}
