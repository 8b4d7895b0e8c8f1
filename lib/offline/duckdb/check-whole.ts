import { queryRows } from '../engine-client'
import type { WholeRequest, WholeResult } from '../port'
import { absolute } from './history'
import { identifier } from './sql'
import { countRepeats, firstRepeats, nullCounts, type WholeTerms } from './terms'

/** See OfflineStore.checkWhole. */
export async function checkWhole(request: WholeRequest, signal?: AbortSignal): Promise<WholeResult> {
  const terms: WholeTerms = {
    files: request.paths.map(absolute),
    without: request.withoutRows,
    afterRow: request.afterRow,
    limit: request.limit,
  }
  const result: WholeResult = { repeats: [], repeatedRows: 0, rows: 0, nulls: [] }
  for (const column of request.unique) {
    const found = await queryRows(firstRepeats(terms, identifier(column)), [], signal)
    for (const [row, first, value] of found)
      result.repeats.push({ column, row: Number(row), first: Number(first), value: String(value) })
  }
  result.repeatedRows = new Set(result.repeats.map(({ row }) => row)).size
  if (result.repeats.length >= request.limit) {
    const [[count] = []] = await queryRows(countRepeats(terms, request.unique.map(identifier)), [], signal)
    result.repeatedRows = Number(count)
  }
  if (request.nullShares.length > 0) {
    const columns = request.nullShares.map(identifier)
    const [[rows, ...nulls] = []] = await queryRows(nullCounts(terms, columns), [], signal)
    result.rows = Number(rows ?? 0)
    result.nulls = request.nullShares.map((column, index) => ({ column, count: Number(nulls[index] ?? 0) }))
  }
  return result
}
