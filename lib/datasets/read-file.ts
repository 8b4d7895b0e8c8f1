import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { withTransaction } from '@/db/client'
import { authorizeAtAll, record } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { notFound } from '@/lib/core/errors'
import { singleton } from '@/lib/core/singleton'
import { type AnswerFormat, answerOf, contentTypeOfFormat } from '@/lib/offline'
import { filesFolder } from './folders'
import { describedVersion } from './queries'
import { filesRelation, typedColumns } from './relation'
import { authorizeRead } from './rights'
import { readable } from './state-guards'

export interface FileInput {
  dataset: string
  version: number
  file: string
  format: AnswerFormat
  int64AsString: boolean
}

/** The file as it lies there, or its rows in another format. */
export type FileAnswer =
  | { kind: 'file'; path: string; name: string; bytes: number; tag: string; contentType: string }
  | { kind: 'converted'; stream: Readable; name: string; contentType: string }

/** A client that reads by ranges asks a hundred times for what is one export. */
const oneExportMilliseconds = 60_000
const mostRemembered = 10_000
const exportsSeen = () => singleton('dataset-exports', () => new Map<string, number>())

function isNewExport(ctx: Context, key: string): boolean {
  const seen = exportsSeen()
  const now = ctx.now().getTime()
  const last = seen.get(key)
  seen.delete(key)
  seen.set(key, now)
  const [oldest] = seen.keys()
  if (seen.size > mostRemembered && oldest !== undefined) seen.delete(oldest)
  return last === undefined || now - last > oneExportMilliseconds || now < last
}

/**
 * A file of a version. An export is an audit row. Errors: not_found, forbidden naming a column's group, conflict
 * when there are no files.
 */
export async function readDatasetFile(asker: Context, input: FileInput): Promise<FileAnswer> {
  await authorizeAtAll(asker, 'dataset:read')
  const version = await describedVersion(asker, input.dataset, input.version)
  const ctx = { ...asker, environment: version.environment }
  const decision = await authorizeRead(ctx, version)
  readable(version)
  const file = version.files.find(({ name }) => name === input.file)
  if (!file) throw notFound(`File ${input.file.slice(0, 100)} of ${version.name}@${version.version}`)
  const actor = ctx.actor.kind === 'apiKey' ? ctx.actor.keyId : ctx.actor.id
  if (isNewExport(ctx, `${actor} ${version.id} ${file.name} ${input.format}`)) {
    await withTransaction((tx) =>
      record(tx, ctx, {
        action: 'dataset:read',
        resource: { kind: 'dataset', name: `${version.name}@${version.version}` },
        decision,
        after: { file: file.name, format: input.format, rows: file.rows },
      }),
    )
  }
  const path = join(filesFolder(version.name, version.version), file.name)
  const contentType = contentTypeOfFormat[input.format]
  const stem = `${version.name}_v${version.version}_${file.name.replace(/\.parquet$/, '')}`
  const name = `${stem}.${input.format}`
  if (input.format === 'parquet') {
    return { kind: 'file', path, name, bytes: file.bytes, tag: file.sha256, contentType }
  }
  const columns = typedColumns(version.columns)
  const answer = answerOf({ statements: [], sql: filesRelation([path], columns), columns })
  const stream = await answer.open(input.format, { signal: ctx.signal, int64AsString: input.int64AsString })
  return { kind: 'converted', stream, name, contentType }
}
