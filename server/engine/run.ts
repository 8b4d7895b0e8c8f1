import { createReadStream } from 'node:fs'
import { open, rm } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { DuckDBConnection } from '@duckdb/node-api'
import { type EngineRequest, exactParquet } from '@/lib/offline/protocol'
import { batchesOf, type TextResult } from './batch'
import { encoderFor } from './encode'
import type { Piece } from './encoder'

/** What sends the rest of an answer, once the database has nothing more to do for it; null when all is sent. */
export type Rest = (() => Promise<void>) | null

/** Runs one request on its connection and writes the answer. The first bytes go out only when there are some. */
export async function run(
  connection: DuckDBConnection,
  request: EngineRequest,
  response: ServerResponse,
  scratch: string,
): Promise<Rest> {
  for (const statement of request.statements) {
    // An interruption ends the statement that runs, not the ones after it.
    if (response.destroyed) return null
    await connection.run(statement)
  }
  const { result } = request
  if (response.destroyed) return null
  if (result.kind === 'parquet') return writeParquet(connection, result.sql, response, scratch)
  if (result.kind === 'none') response.writeHead(200).end()
  else await sendText(connection, result, response)
  return null
}

async function sendText(
  connection: DuckDBConnection,
  result: TextResult,
  response: ServerResponse,
): Promise<void> {
  const encoder = encoderFor(result)
  const batches = await batchesOf(connection, result)
  let step = await batches.next()
  response.writeHead(200, { 'content-type': 'application/octet-stream' })
  await write(response, encoder.head)
  for (let first = true; !step.done; first = false) {
    await write(response, encoder.batch(step.value, first))
    step = await batches.next()
  }
  await write(response, encoder.tail())
  response.end()
}

/** Waits while the reader is slower than the engine, so that nothing piles up. */
async function write(response: ServerResponse, piece: Piece): Promise<void> {
  if (response.destroyed) throw new Error('The reader left')
  if (piece.length === 0 || response.write(piece)) return
  await new Promise<void>((resolve) => {
    const proceed = () => {
      response.off('drain', proceed).off('close', proceed)
      resolve()
    }
    response.on('drain', proceed).on('close', proceed)
  })
}

let answers = 0

async function writeParquet(
  connection: DuckDBConnection,
  sql: string,
  response: ServerResponse,
  scratch: string,
): Promise<Rest> {
  answers++
  const path = join(scratch, `answer-${answers}.parquet`)
  try {
    await connection.run(
      `COPY (${sql}) TO '${path.replaceAll("'", "''")}' (${exactParquet}, COMPRESSION zstd)`,
    )
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
  return () => sendFile(path, response)
}

async function sendFile(path: string, response: ServerResponse): Promise<void> {
  try {
    const file = await open(path)
    const { size } = await file.stat()
    response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': String(size) })
    await pipeline(createReadStream('', { fd: file, highWaterMark: 1 << 20 }), response)
  } finally {
    await rm(path, { force: true })
  }
}
