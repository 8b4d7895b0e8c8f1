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
import { authorizeRows } from './rights'
import { readable } from './state-guards'

interface Rows {
  rows: Record<string, unknown>[]
}

/**
 * The first rows of one file of a version, as they lie there; whole numbers of 64 bits as texts. Columns that the asker
 * may know of and not read are named without a value. A look at values is a read, and stands in the audit log as one.
 * Errors: not_found, forbidden naming a column's group when no column is open, conflict when there are no files.
 */
export async function getDatasetRows(
  asker: Context,
  input: { dataset: string; version: number; file?: string | undefined; limit: number },
): Promise<DatasetRowsResource> {
  await authorizeAtAll(asker, 'dataset:read')
  const version = await describedVersion(asker, input.dataset, input.version)
  const ctx = { ...asker, environment: version.environment }
  const { decision, masked } = await authorizeRows(ctx, version)
  readable(version)
  const file = version.files.find(({ name }) => name === input.file) ?? version.files[0]
  const lacks = version.columns.flatMap(({ name, type, role }, position) => {
    const why = masked.get(name)
    if (!why) return []
    const { rule: because, whoCanHelp: who_can_help } = why.decision
    return [{ name, type, role, position, classification: why.classification, because, who_can_help }]
  })
  if (!file) return { file: null, total: 0, columns: version.columns, rows: [], masked: lacks }
  // What may not be read is not asked of the file.
  const columns = typedColumns(version.columns.filter(({ name }) => !masked.has(name)))
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
      after: {
        file: file.name,
        rows: rows.length,
        ...(masked.size > 0 ? { masked: [...masked.keys()] } : {}),
      },
    }),
  )
  return { file: file.name, total: file.rows, columns: version.columns, rows, masked: lacks }
}
