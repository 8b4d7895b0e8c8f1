import type { z } from 'zod'
import { authorizeAtAll } from '@/lib/audit'
import type { Action } from '@/lib/authz'
import { clockNow } from '@/lib/core/clock'
import type { Context, Via } from '@/lib/core/context'
import { DomainError, invalidField, notFound } from '@/lib/core/errors'
import { hashedBody } from '@/lib/core/hashed-body'
import { type Method, type Operation, takesKey } from '@/lib/core/operation'
import { parseInput } from '@/lib/core/parse-input'
import type { Keep } from '@/lib/idempotency'
import { countServed, servedRequest } from '@/lib/usage'
import { bodyBytes, bodyJson, bodyJsonText, contentTypeOf, defaultBodyBytes } from './body'
import { acceptedHeader, compressed, lengthHeader } from './compress'
import { contextOf, knownContext, requestIdOf } from './context'
import { actOnce, refuseKey } from './idempotent'
import { toProblem } from './problem'
import { callerOf, takeToken } from './rate-limit'
import { json, Reply } from './reply'
import { serverTiming } from './server-timing'
import { ownWire, type Wire } from './wire'

export interface RouteRequest<P, Q> {
  params: P
  query: Q
  /** The body as losslessly parsed JSON; undefined when there is none. */
  body: () => Promise<unknown>
  /** The text of a body of JSON, as it was sent. */
  text: () => Promise<string>
  /** The body's bytes, inflated. */
  bytes: () => AsyncGenerator<Uint8Array>
  /** For an act of one transaction: keeps its answer for retries in it. Without an Idempotency-Key nothing is kept. */
  keep: Keep<Reply>
  contentType: string
  headers: Headers
  url: URL
  raw: Request
}

/** The Idempotency-Key of a request and what it stands for, for an act that keeps its answer itself. */
export function idempotentRequest({ headers, raw, url }: RouteRequest<unknown, unknown>) {
  const key = headers.get('idempotency-key')
  return key === null ? null : { key, method: raw.method, path: url.pathname, query: url.search.slice(1) }
}

type Handler<P, Q> = (ctx: Context, request: RouteRequest<P, Q>) => Promise<unknown>

export interface Route {
  operation: Operation
  handle: (request: Request, rawParams: Record<string, unknown>) => Promise<Response>
}

interface NextHandler {
  /** Next has no `params` for a path without any. */
  (request: Request, context: { params: Promise<Record<string, unknown> | undefined> }): Promise<Response>
  /** Absent where the method is refused; the test of routes against records reads it. */
  operation?: Operation
}

/** No text that this product keeps or compares holds U+0000, and PostgreSQL's cannot. */
function refuseNul(url: URL): void {
  for (const [name, value] of url.searchParams) {
    if (!name.includes('\0') && !value.includes('\0')) continue
    throw invalidField(`/${name.replaceAll('\0', '')}`, 'holds U+0000, which is refused everywhere.', 'nul')
  }
}

/** So nothing has such a name. */
function refuseNulName(rawParams: Record<string, unknown>): void {
  for (const part of Object.values(rawParams).flat())
    if (typeof part === 'string' && part.includes('\0')) throw notFound('A name that holds U+0000')
}

const queryRecord = (url: URL): Record<string, string | string[]> => {
  const record: Record<string, string | string[]> = {}
  for (const key of new Set(url.searchParams.keys())) {
    const values = url.searchParams.getAll(key)
    record[key] = values.length === 1 ? (values[0] ?? '') : values
  }
  return record
}

async function toResponse(
  { headers: asked }: Request,
  { status, body, headers: own }: Reply,
  headers: Record<string, string>,
): Promise<Response> {
  const answered = await compressed(asked.get(acceptedHeader), { body, headers: { ...headers, ...own } })
  const length = lengthOf(answered.body)
  if (length !== null) answered.headers[lengthHeader] ??= String(length)
  return new Response(answered.body, { status, headers: answered.headers })
}

/** Of a body that is there whole: with its length it goes out in one piece, without in chunks. */
function lengthOf(body: string | Uint8Array | ReadableStream | null): number | null {
  if (typeof body === 'string') return Buffer.byteLength(body)
  return body instanceof Uint8Array ? body.byteLength : null
}

/** What became known of a request on its way, for those who count it afterwards. */
interface Seen {
  ctx: Context | null
  body: unknown
}

const reads: (string | undefined)[] = ['group:read_online', 'group:read_offline'] satisfies Action[]

/** Counts a read of values when its answer begins; what a page reads is no request. */
function countRead(operation: Operation, { ctx, body }: Seen, status: number, startedMs: number): void {
  if (!reads.includes(operation.action)) return
  const request = servedRequest(operation.operationId, ctx?.environment ?? '', body)
  const now = (ctx?.now() ?? clockNow()).getTime()
  countServed(ctx?.actor ?? null, request, status, performance.now() - startedMs, now)
}

async function answer<P extends z.ZodType, Q extends z.ZodType>(
  operation: Operation<P, Q>,
  handler: Handler<z.output<P>, z.output<Q>>,
  request: Request,
  rawParams: Record<string, unknown>,
  headers: Record<string, string>,
  { via, seen }: { via: Via | null; seen: Seen },
): Promise<Reply> {
  const requestId = headers['x-request-id'] ?? ''
  const isRequired = operation.auth === 'required'
  const kept = isRequired ? knownContext(request, requestId) : null
  const caller = kept ?? (await contextOf(request, requestId, isRequired))
  const ctx = via === null ? caller : { ...caller, via }
  seen.ctx = ctx
  Object.assign(headers, takeToken(callerOf(ctx), operation.rateLimit ?? 'default', ctx.now().getTime()))
  // The record names an action of lib/authz; the OpenAPI test holds that it exists.
  if (operation.action) await authorizeAtAll(ctx, operation.action as Action)
  const url = new URL(request.url)
  refuseNul(url)
  refuseNulName(rawParams)
  const maxBytes = operation.body?.maxBytes ?? defaultBodyBytes
  const key = request.headers.get('idempotency-key')
  refuseKey(operation, key)
  const sent = () => bodyBytes(request, maxBytes)
  const known = {
    params: parsed(operation.params, rawParams),
    query: parsed(operation.query, queryRecord(url)),
    contentType: contentTypeOf(request),
    headers: request.headers,
    url,
    raw: request,
  }
  const act = async (bytes: () => AsyncGenerator<Uint8Array>, keep: Keep<Reply>): Promise<Reply> => {
    const result = await handler(ctx, { ...known, ...readersOf(request, bytes, seen), keep })
    return result instanceof Reply ? result : json(200, result)
  }
  if (key === null || !takesKey(operation) || operation.idempotency === 'by_act')
    return act(sent, async () => {})
  const { bytes, digest } = hashedBody(sent())
  return actOnce(ctx, { request, url, key, digest }, (keep) => act(bytes, keep))
}

const readersOf = (request: Request, bytes: () => AsyncGenerator<Uint8Array>, seen: Seen) => ({
  body: async () => {
    seen.body = await bodyJson(request, bytes())
    return seen.body
  },
  text: () => bodyJsonText(request, bytes()),
  bytes,
})

/** Without a schema there is nothing to read: the handler's type is then unknown. */
function parsed<S extends z.ZodType>(schema: S | undefined, input: unknown): z.output<S> {
  return schema ? parseInput(schema, input) : (undefined as z.output<S>)
}

/** Joins an operation record and its use case. Failures become problem documents; every answer carries X-Request-Id. */
export function route<P extends z.ZodType, Q extends z.ZodType>(
  operation: Operation<P, Q>,
  handler: Handler<z.output<P>, z.output<Q>>,
  wire: Wire = ownWire,
): Route {
  const handle = async (request: Request, rawParams: Record<string, unknown>): Promise<Response> => {
    const headers: Record<string, string> = { 'x-request-id': requestIdOf(request.headers) }
    const startedMs = performance.now()
    const seen: Seen = { ctx: null, body: undefined }
    try {
      const reply = await answer(operation, handler, request, rawParams, headers, { via: wire.via, seen })
      const timing = { 'server-timing': serverTiming(startedMs) }
      const response = await toResponse(request, reply, { ...headers, ...timing })
      countRead(operation, seen, reply.status, startedMs)
      return response
    } catch (error) {
      const where = { requestId: headers['x-request-id'] ?? '', instance: new URL(request.url).pathname }
      const problem = wire.failure(error, where)
      countRead(operation, seen, problem.status, startedMs)
      return new Response(problem.body, {
        status: problem.status,
        headers: { ...headers, ...problem.headers },
      })
    }
  }
  return { operation, handle }
}

const methods: Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

function refuseMethod(allow: string): NextHandler {
  return async (request) => {
    const requestId = requestIdOf(request.headers)
    const refusal = new DomainError(
      'method_not_allowed',
      `${request.method} is not offered here. Offered: ${allow}.`,
      {
        headers: { allow },
      },
    )
    const problem = toProblem(refusal, { requestId, instance: new URL(request.url).pathname })
    return new Response(problem.body, {
      status: problem.status,
      headers: { ...problem.headers, 'x-request-id': requestId },
    })
  }
}

const answerOptions =
  (allow: string): NextHandler =>
  async (request) =>
    new Response(null, { status: 204, headers: { allow, 'x-request-id': requestIdOf(request.headers) } })

type Handlers = Record<Method | 'OPTIONS', NextHandler>

/** The handlers of one path: its routes by method, Allow for OPTIONS, 405 with Allow for every other one. */
export function defineRoutes(...routes: Route[]): Handlers {
  const offered = routes.map((one) => one.operation.method)
  const allow = [...offered, ...(offered.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ')
  const entries = methods.map((method): [Method, NextHandler] => {
    const found = routes.find((one) => one.operation.method === method)
    if (!found) return [method, refuseMethod(allow)]
    const handler: NextHandler = async (request, { params }) => found.handle(request, (await params) ?? {})
    return [method, Object.assign(handler, { operation: found.operation })]
  })
  // One entry for each member of `methods`, which lists every Method, and OPTIONS.
  return Object.fromEntries([...entries, ['OPTIONS', answerOptions(allow)]]) as Handlers
}
