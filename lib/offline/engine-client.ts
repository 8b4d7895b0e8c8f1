import { request as httpRequest, type IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { env } from '@/lib/core/env'
import { DomainError } from '@/lib/core/errors'
import { parseJson } from '@/lib/core/json'
import { singleton } from '@/lib/core/singleton'
import type { EngineFailure, EngineFailureKind, EngineHealth, EngineRequest } from './protocol'

/** The engine refused or failed a statement; `kind` tells what it may mean to the caller. */
export class EngineError extends Error {
  constructor(
    readonly kind: EngineFailureKind,
    message: string,
  ) {
    super(message)
    this.name = 'EngineError'
  }
}

/** Where this process's engine listens; `startEngine` writes it. */
export const engineSocket = () =>
  singleton('engine-socket', (): { path: string | null } => ({ path: env().ALMANAC_ENGINE_SOCKET ?? null }))

const away = (cause?: unknown) =>
  new DomainError('unavailable', 'The offline engine is starting again.', { retryAfterSeconds: 2 }, { cause })

const unreachable = new Set(['ECONNREFUSED', 'ENOENT', 'ECONNRESET', 'EPIPE'])

function send(
  method: string,
  path: string,
  body: string | null,
  signal?: AbortSignal,
): Promise<IncomingMessage> {
  const socketPath = engineSocket().path
  if (socketPath === null) throw away()
  return new Promise((resolve, reject) => {
    const request = httpRequest({ socketPath, method, path, signal }, resolve)
    request.once('error', (error: NodeJS.ErrnoException) => {
      reject(unreachable.has(error.code ?? '') ? away(error) : error)
    })
    request.end(body)
  })
}

/**
 * Runs a request in the engine. Resolves with the answer's bytes once the first of them are there.
 * @throws EngineError when a statement fails before, DomainError `unavailable` when the engine is away or full. The
 * stream fails with an error when the answer breaks off.
 */
export async function runInEngine(request: EngineRequest, signal?: AbortSignal): Promise<Readable> {
  const response = await send('POST', '/run', JSON.stringify(request), signal)
  if (response.statusCode === 200) return response
  const { error }: EngineFailure = JSON.parse(await text(response))
  if (error.kind === 'busy') {
    throw new DomainError('unavailable', 'Too many offline reads are waiting.', { retryAfterSeconds: 5 })
  }
  if (error.kind === 'out_of_memory') {
    throw new DomainError(
      'unavailable',
      'The offline engine had not enough memory for this read; ask for less at once.',
      {
        retryAfterSeconds: 30,
      },
    )
  }
  if (error.kind === 'too_long') {
    throw new DomainError(
      'unavailable',
      'This read was ended because it ran longer than a read may here (ALMANAC_ENGINE_READ_SECONDS). Ask for fewer rows, columns or groups at once.',
      { retryAfterSeconds: 60 },
    )
  }
  if (error.kind === 'fatal') throw away(new EngineError(error.kind, error.message))
  throw new EngineError(error.kind, error.message)
}

/** Runs statements for their effect. */
export async function execute(statements: string[], signal?: AbortSignal): Promise<void> {
  const answer = await runInEngine({ statements, result: { kind: 'none' } }, signal)
  answer.resume()
}

/** The rows of a query as parsed JSON arrays (see protocol `rows`); for results that fit in memory. */
export async function queryRows(
  sql: string,
  statements: string[] = [],
  signal?: AbortSignal,
  lane?: EngineRequest['lane'],
): Promise<unknown[][]> {
  const answer = await runInEngine({ statements, result: { kind: 'rows', sql }, lane }, signal)
  const rows: unknown[][] = []
  for await (const line of linesOf(answer)) {
    const row = parseJson(line)
    if (Array.isArray(row)) rows.push(row)
  }
  return rows
}

/** Lines of an answer, without their ends. Fails when the answer broke off. */
export async function* linesOf(answer: Readable): AsyncGenerator<string> {
  let rest = ''
  answer.setEncoding('utf8')
  for await (const chunk of answer) {
    const lines = (rest + String(chunk)).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
  if (rest !== '') yield rest
}

/** How busy the engine is. Throws DomainError `unavailable` when it is away. */
export async function engineHealth(): Promise<EngineHealth> {
  const response = await send('GET', '/health', null, AbortSignal.timeout(5_000))
  return JSON.parse(await text(response))
}
