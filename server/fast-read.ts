import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import type { Context } from '@/lib/core/context'
import type { Operation } from '@/lib/core/operation'
import { parseInput } from '@/lib/core/parse-input'
import { contextOf, knownContext, requestIdOf } from '@/lib/http/context'
import { takeToken } from '@/lib/http/rate-limit'
import { serverTiming } from '@/lib/http/server-timing'
import type { Wire } from '@/lib/http/wire'
import { mayReadAsBefore, mayReadAtAll, type OnlineAnswer } from '@/lib/online'
import { drainAfter } from './drain'
import { jsonBody } from './fast-body'
import type { FastPath } from './fast-path'

interface FastRead {
  operation: Operation
  wire: Wire
  read: (ctx: Context, body: unknown, query: unknown) => Promise<OnlineAnswer>
}

/** A read is over before its caller's leaving could matter. */
const { signal } = new AbortController()

const headersOf = (headers: IncomingHttpHeaders) => ({
  get: (name: string): string | null => {
    const value = headers[name]
    return typeof value === 'string' ? value : (value?.join(', ') ?? null)
  },
})

function queryOf({ query }: Operation, url: string): unknown {
  const mark = url.indexOf('?')
  return query && parseInput(query, Object.fromEntries(new URLSearchParams(mark < 0 ? '' : url.slice(mark))))
}

async function answer(
  { operation, wire, read }: FastRead,
  request: IncomingMessage,
  requestId: string,
  headers: Record<string, string>,
): Promise<string> {
  const { path, rateLimit = 'default' } = operation
  const address = request.url ?? path
  const facts = {
    headers: headersOf(request.headers),
    method: 'POST',
    url: `http://portal${address}`,
    signal,
  }
  const known = knownContext(facts, requestId) ?? (await contextOf(facts, requestId, true))
  const ctx = wire.via === null ? known : { ...known, via: wire.via }
  const caller = ctx.actor.kind === 'apiKey' ? ctx.actor.keyId : ctx.actor.id
  Object.assign(headers, takeToken(caller, rateLimit, ctx.now().getTime()))
  const query = queryOf(operation, address)
  if (!mayReadAsBefore(ctx)) await mayReadAtAll(ctx)
  const { body, headers: more } = await read(ctx, await jsonBody(request), query)
  Object.assign(headers, more)
  return body
}

async function handle(fast: FastRead, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const requestId = requestIdOf(headersOf(request.headers))
  const headers: Record<string, string> = { 'x-request-id': requestId, 'content-type': 'application/json' }
  const startedMs = performance.now()
  let status = 200
  let body: string
  try {
    body = await answer(fast, request, requestId, headers)
  } catch (error) {
    const problem = fast.wire.failure(error, { requestId, instance: fast.operation.path })
    status = problem.status
    body = problem.body
    Object.assign(headers, problem.headers)
    drainAfter(request, response)
  }
  headers['server-timing'] = serverTiming(startedMs)
  headers['content-length'] = String(Buffer.byteLength(body))
  response.writeHead(status, headers)
  response.end(body)
}

/** The route of the same path, without Next: the same context, the same use case, the same failures. */
export const fastRead = (fast: FastRead): FastPath => ({
  method: fast.operation.method,
  path: fast.operation.path,
  handle: (request, response) => handle(fast, request, response),
})
