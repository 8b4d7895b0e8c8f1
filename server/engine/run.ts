import { createReadStream } from 'node:fs'
import { open, rm } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { DuckDBConnection } from '@duckdb/node-api'
import type { EngineRequest } from '@/lib/offline/protocol'
import { batchesOf, type TextResult } from './batch'
import { encoderFor, type Piece } from './encode'

/** Runs one request on its connection and writes the answer. The first bytes go out only when there are some. */
export async function run(
  connection: DuckDBConnection,
  request: EngineRequest,
  response: ServerResponse,
  scratch: string,
): Promise<void> {
  for (const statement of request.statements) await connection.run(statement)
  const { result } = request
  if (result.kind === 'none') {
    response.writeHead(200).end()
  } else if (result.kind === 'parquet') {
    await sendParquet(connection, result.sql, response, scratch)
  } else {
    await sendText(connection, result, response)
  }
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

async function sendParquet(
  connection: DuckDBConnection,
  sql: string,
  response: ServerResponse,
  scratch: string,
): Promise<void> {
  answers++
  const path = join(scratch, `answer-${answers}.parquet`)
  try {
    await connection.run(
      `COPY (${sql}) TO '${path.replaceAll("'", "''")}' (FORMAT parquet, COMPRESSION zstd)`,
    )
    const file = await open(path)
    const { size } = await file.stat()
    response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': String(size) })
    await pipeline(createReadStream('', { fd: file, highWaterMark: 1 << 20 }), response)
  } finally {
    await rm(path, { force: true })
  }
}
