import { durationSeconds } from '@/lib/core/duration'
import { invalidField } from '@/lib/core/errors'
import { gathersRows } from '@/lib/offline'

/**
 * `lookback: PT0S` says that each row is made from inputs at its own time: late rows then open their own instants
 * again, and a row that gathers a whole window would be computed from a part of it.
 * @throws DomainError `invalid`.
 */
export async function refuseGathered(
  { sql, lookback }: { sql: string; lookback?: string | undefined },
  signal: AbortSignal,
): Promise<void> {
  if (lookback === undefined || durationSeconds(lookback) !== 0 || !(await gathersRows(sql, signal))) return
  const reason =
    'The SQL gathers rows, and `lookback: PT0S` says that each is made from inputs at its own time alone. State how far back it reads, such as P1D for days, or leave `lookback` out.'
  throw invalidField('/transformation/lookback', reason, 'lookback')
}
