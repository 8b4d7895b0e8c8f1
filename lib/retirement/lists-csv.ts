import type { Context } from '@/lib/core/context'
import { type CsvCell, csvLine } from '@/lib/core/csv-line'
import type { OrphanResource, OrphansQuery, UnusedQuery, UnusedResource } from './operations'
import { listOrphans } from './orphans'
import { listUnused } from './unused'

interface Page<T> {
  data: T[]
  meta: { next_cursor: string | null }
}

/** A whole list, page by page, so that none is held. */
async function* pages<T>(
  header: readonly string[],
  first: Page<T>,
  next: (cursor: string) => Promise<Page<T>>,
  cells: (one: T) => readonly CsvCell[],
): AsyncGenerator<string> {
  yield csvLine(header)
  for (let page = first; ; ) {
    yield page.data.map((one) => csvLine(cells(one))).join('')
    const { next_cursor: cursor } = page.meta
    if (cursor === null) return
    page = await next(cursor)
  }
}

const unusedHeader = ['kind', 'name', 'version', 'owner_team', 'lifecycle', 'since', 'last_read', 'idle_days']
const unusedCells = (one: UnusedResource): CsvCell[] => [
  one.kind,
  one.name,
  one.version,
  one.owner_team,
  one.lifecycle,
  one.since,
  one.last_read,
  one.idle_days,
]

/** What nobody reads, as CSV. Errors: as listUnused. */
export async function unusedCsv(ctx: Context, query: UnusedQuery): Promise<AsyncGenerator<string>> {
  const whole = { ...query, limit: 200 }
  const first = await listUnused(ctx, whole)
  return pages(unusedHeader, first, (cursor) => listUnused(ctx, { ...whole, cursor }), unusedCells)
}

const orphanCells = ({ group, version, owner_team: team, reasons }: OrphanResource): CsvCell[] => [
  group,
  version,
  team,
  reasons.map(({ reason }) => reason).join(' '),
  reasons.map(({ text }) => text).join(' '),
]

/** What nobody looks after, as CSV. Errors: as listOrphans. */
export async function orphansCsv(ctx: Context, query: OrphansQuery): Promise<AsyncGenerator<string>> {
  const whole = { ...query, limit: 200 }
  const header = ['group', 'version', 'owner_team', 'reasons', 'because']
  const first = await listOrphans(ctx, whole)
  return pages(header, first, (cursor) => listOrphans(ctx, { ...whole, cursor }), orphanCells)
}
