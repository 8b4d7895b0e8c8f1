import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { DomainError } from '@/lib/core/errors'
import { parseJson } from '@/lib/core/json'
import { parseInput } from '@/lib/core/parse-input'
import { contextOf, requestIdOf } from '@/lib/http/context'
import { toProblem } from '@/lib/http/problem'
import { takeToken } from '@/lib/http/rate-limit'
import { mayReadAtAll, readOnlineFeatures } from '@/lib/online'
import { readOnlineFeaturesOperation, readQuery } from '@/lib/online/operations'
import type { FastPath } from './fast-path'

const { path } = readOnlineFeaturesOperation
/** Five thousand keys of any length that a key has. */
const mostBodyBytes = 32 * 1024 * 1024
const inflate = promisify(gunzip)
/** A read is over before its caller's leaving could matter. */
const { signal } = new AbortController()

const headersOf = (headers: IncomingHttpHeaders) => ({
  get: (name: string): string | null => {
    const value = headers[name]
    return typeof value === 'string' ? value : (value?.join(', ') ?? null)
  },
})

const tooLarge = () =>
  new DomainError('too_large', `The body is larger than ${mostBodyBytes} bytes, the most that is read here.`)

/** By events: an async iterator over the request costs as much as the read itself. */
const rawBody = (request: IncomingMessage): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= mostBodyBytes) chunks.push(chunk)
      else reject(tooLarge())
    })
    request.on('end', () => {
      const [only] = chunks
      resolve(only && chunks.length === 1 ? only : Buffer.concat(chunks))
    })
    request.on('error', reject)
  })

async function inflated(bytes: Buffer, encoding: string): Promise<Buffer> {
  if (encoding === 'identity') return bytes
  if (encoding !== 'gzip') {
    throw new DomainError(
      'unsupported_media_type',
      `Content-Encoding ${encoding} is not read here; send gzip or none.`,
    )
  }
  try {
    return await inflate(bytes, { maxOutputLength: mostBodyBytes })
  } catch (cause) {
    if (cause instanceof RangeError) throw tooLarge()
    throw new DomainError('not_parseable', 'The body is not whole gzip data.', {}, { cause })
  }
}

function requireJson(contentType: string | undefined): void {
  const type = contentType?.split(';')[0]?.trim().toLowerCase() ?? ''
  if (type === '' || type === 'application/json' || type.endsWith('+json')) return
  throw new DomainError(
    'unsupported_media_type',
    `Content-Type ${type} is not read here; send application/json.`,
  )
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

function jsonOf(bytes: Buffer): unknown {
  try {
    return parseJson(utf8.decode(bytes))
  } catch (cause) {
    if (cause instanceof TypeError)
      throw new DomainError('not_parseable', 'The body is not UTF-8 text.', {}, { cause })
    throw cause
  }
}

async function answer(
  request: IncomingMessage,
  requestId: string,
  headers: Record<string, string>,
): Promise<string> {
  const url = new URL(request.url ?? path, 'http://portal')
  const facts = { headers: headersOf(request.headers), method: 'POST', url: url.href, signal }
  const ctx = await contextOf(facts, requestId, true)
  const caller = ctx.actor.kind === 'apiKey' ? ctx.actor.keyId : ctx.actor.id
  Object.assign(
    headers,
    takeToken(caller, readOnlineFeaturesOperation.rateLimit ?? 'default', ctx.now().getTime()),
  )
  const query = url.search === '' ? {} : parseInput(readQuery, Object.fromEntries(url.searchParams))
  await mayReadAtAll(ctx)
  requireJson(request.headers['content-type'])
  const encoding = request.headers['content-encoding']?.toLowerCase() ?? 'identity'
  const body = jsonOf(await inflated(await rawBody(request), encoding))
  const read = await readOnlineFeatures(ctx, body, {
    int64AsString: 'int64' in query && query.int64 === 'string',
  })
  Object.assign(headers, read.headers)
  return read.body
}

async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const requestId = requestIdOf(headersOf(request.headers))
  const headers: Record<string, string> = { 'x-request-id': requestId, 'content-type': 'application/json' }
  try {
    const body = await answer(request, requestId, headers)
    response.writeHead(200, { ...headers, 'content-length': Buffer.byteLength(body) })
    response.end(body)
  } catch (error) {
    const problem = toProblem(error, { requestId, instance: path })
    response.writeHead(problem.status, { ...headers, ...problem.headers })
    response.end(problem.body)
    // What is left of a body that nobody wants would be taken for the next request.
    request.resume()
  }
}

/** The route of the same path, without Next: the same context, the same use case, the same problems. */
export const onlineFastPath: FastPath = { method: 'POST', path, handle }
