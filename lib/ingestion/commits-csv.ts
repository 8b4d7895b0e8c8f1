import type { Context } from '@/lib/core/context'
import { csvLine } from '@/lib/core/csv-line'
import { listCommits } from './list-commits'
import type { CommitResource, ListCommitsQuery } from './operations'

const columns = [
  'id',
  'created',
  'kind',
  'state',
  'by',
  'via',
  'rows',
  'tombstones',
  'quarantined',
  'superseded',
  'min_event_time',
  'max_event_time',
  'online',
  'reverts',
  'reverted_by',
  'reason',
] as const

const lineOf = (commit: CommitResource): string => {
  const flat = {
    ...commit,
    by: commit.by.name,
    reverts: commit.reverts?.id ?? null,
    reverted_by: commit.reverted_by?.id ?? null,
  }
  return csvLine(columns.map((name) => flat[name]))
}

/** Every commit that the filters leave, newest first, as CSV; page by page, so that none is held. Errors: as listCommits. */
export async function commitsCsv(
  ctx: Context,
  input: { group: string } & ListCommitsQuery,
): Promise<AsyncGenerator<string>> {
  const first = await listCommits(ctx, { ...input, limit: 200 })
  return (async function* () {
    yield csvLine(columns)
    for (let page = first; ; ) {
      yield page.data.map(lineOf).join('')
      const cursor = page.meta.next_cursor
      if (cursor === null) return
      page = await listCommits(ctx, { ...input, limit: 200, cursor })
    }
  })()
}
