import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { withTransaction } from '@/db/client'
import { authorizeAtAll, record } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { parseJson } from '@/lib/core/json'
import { answerOf } from '@/lib/offline'
import { filesFolder } from './folders'
import { describedVersion } from './queries'
import { filesRelation, typedColumns } from './relation'
import type { DatasetRowsResource } from './resources'
import { authorizeRead } from './rights'
import { readable } from './state-guards'

interface Rows {
  rows: Record<string, unknown>[]
}

/**
 * The first rows of one file of a version, as they lie there; whole numbers of 64 bits as texts. A look at values is a
 * read, and stands in the audit log as one. Errors: not_found, forbidden naming a column's group, conflict when there
 * are no files.
 */
export async function getDatasetRows(
  asker: Context,
  input: { dataset: string; version: number; file?: string | undefined; limit: number },
): Promise<DatasetRowsResource> {
  await authorizeAtAll(asker, 'dataset:read')
  const version = await describedVersion(asker, input.dataset, input.version)
  const ctx = { ...asker, environment: version.environment }
  const decision = await authorizeRead(ctx, version)
  readable(version)
  const file = version.files.find(({ name }) => name === input.file) ?? version.files[0]
  if (!file) return { file: null, total: 0, columns: version.columns, rows: [] }
  const columns = typedColumns(version.columns)
  const path = join(filesFolder(version.name, version.version), file.name)
  const sql = `${filesRelation([path], columns)} LIMIT ${input.limit}`
  const answer = answerOf({ statements: [], sql, columns })
  const body = await text(await answer.open('json', { signal: ctx.signal, int64AsString: true }))
  // The engine's JSON has this form.
  const { rows } = parseJson(body) as Rows
  await withTransaction((tx) =>
    record(tx, ctx, {
      action: 'dataset:read',
      resource: { kind: 'dataset', name: `${version.name}@${version.version}` },
      decision,
      reason: 'preview',
      after: { file: file.name, rows: rows.length },
    }),
  )
  return { file: file.name, total: file.rows, columns: version.columns, rows }
}
