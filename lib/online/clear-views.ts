import { sql } from '@/db/client'

const keysAStep = 20_000

interface Step {
  /** Rows removed so far. */
  rows: number
  /** Everything up to this key is gone. */
  after: string
}

/**
 * Removes the rows of views that nothing reads any more, in the order of their keys, a step a transaction, so that
 * reads and writes beside it never wait long. `after`: where an earlier run came to. Returns how many rows left.
 */
export async function clearViews(
  viewIds: readonly number[],
  after: string | null,
  onStep: (step: Step) => Promise<void>,
): Promise<number> {
  let rows = 0
  let last = after
  for (;;) {
    const [gone] = await sql()<{ count: number; last: string | null }[]>`
      with gone as (
        delete from online_rows where (entity_key, view_id) in (
          select entity_key, view_id from online_rows
          where view_id = any(${[...viewIds]}::int[]) and (${last}::text is null or entity_key >= ${last})
          order by entity_key limit ${keysAStep})
        returning entity_key)
      select count(*)::int as count, max(entity_key) as last from gone`
    rows += gone?.count ?? 0
    if (!gone || gone.last === null || gone.count < keysAStep) return rows
    last = gone.last
    await onStep({ rows, after: last })
  }
}
