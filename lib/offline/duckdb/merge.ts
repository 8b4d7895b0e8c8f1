import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { execute } from '../engine-client'
import { parquetOptions } from '../parquet-options'
import type { MergeRequest, WrittenFile } from '../port'
import { operationColumn, rowColumn } from '../staged'
import { absolute, commitIdOf, createdMicros, placeExpression, scanHistory, storedColumns } from './history'
import { commitCreatedColumn, commitIdColumn } from './known'
import { identifier, text } from './sql'
import { countsOf, hashAndSync, syncFolder } from './write'

/** Small enough that a read of few keys or of a short span leaves most of a file out. */
const rowsAGroup = 61_440

/**
 * Every row of the files with the commit that it came by, in the order in which the files would be read: by key, time
 * and place. So a row's place in the merged file says of two rows which came later, as before.
 */
function mergedRows({ schema, files }: MergeRequest): string {
  const history = { schema, files, known: 'each' as const }
  const scan = scanHistory({
    history,
    columns: storedColumns(schema),
    extras: {
      [rowColumn]: rowColumn,
      [operationColumn]: operationColumn,
      __created: createdMicros(history),
      __commit: commitIdOf(history),
      __place: placeExpression,
    },
  })
  const columns = [
    ...storedColumns(schema).map(({ name }) => identifier(name)),
    rowColumn,
    operationColumn,
    `__created AS ${commitCreatedColumn}`,
    `__commit AS ${commitIdColumn}`,
  ]
  const order = [...schema.keys.map(({ name }) => identifier(name)), identifier(schema.eventTime), '__place']
  return `SELECT ${columns.join(', ')} FROM (${scan}) ORDER BY ${order.join(', ')}`
}

/** See OfflineStore.merge. */
export async function merge(request: MergeRequest, signal?: AbortSignal): Promise<WrittenFile> {
  const destination = absolute(request.destination)
  const part = `${destination}.part`
  await mkdir(dirname(destination), { recursive: true })
  try {
    const options = `${parquetOptions(request.schema.features)}, ROW_GROUP_SIZE ${rowsAGroup}`
    await execute([`COPY (${mergedRows(request)}) TO ${text(part)} (${options})`], signal)
    const counts = await countsOf(part, request.schema.eventTime, signal)
    const { size } = await stat(part)
    const sha256 = await hashAndSync(part)
    await rename(part, destination)
    await syncFolder(dirname(destination))
    return { path: request.destination, bytes: size, sha256, ...counts }
  } finally {
    await rm(part, { force: true })
  }
}
