import { parseJson, stringifyJson } from '@/lib/core/json'
import { type ProblemDocument, ProblemError, unreachable } from './problem-error'

export interface RequestOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  query?: Record<string, string | number | boolean | readonly string[] | null | undefined>
  /** Sent as JSON. */
  body?: unknown
  /** Sent as it is, with this media type. */
  raw?: { body: Blob | string; contentType: string }
  headers?: Record<string, string>
  signal?: AbortSignal
}

export interface Answer<T> {
  data: T
  headers: Headers
  status: number
}

function urlOf(path: string, query: RequestOptions['query']): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value === null || value === undefined || value === '') continue
    for (const one of Array.isArray(value) ? value : [value]) search.append(name, String(one))
  }
  const text = search.toString()
  return text ? `${path}?${text}` : path
}

function initOf(options: RequestOptions): RequestInit {
  const headers: Record<string, string> = { accept: 'application/json', ...options.headers }
  const init: RequestInit = { method: options.method ?? 'GET', headers, credentials: 'same-origin' }
  if (options.signal) init.signal = options.signal
  if (options.raw) {
    headers['content-type'] = options.raw.contentType
    init.body = options.raw.body
  } else if (options.body !== undefined) {
    headers['content-type'] = 'application/json'
    init.body = stringifyJson(options.body)
  }
  return init
}

/** Calls the portal's own interface. Throws ProblemError for every answer that is not 2xx. Integers beyond 2^53 arrive as bigint. */
export async function request<T>(path: string, options: RequestOptions = {}): Promise<Answer<T>> {
  const url = urlOf(path, options.query)
  let response: Response
  try {
    response = await fetch(url, initOf(options))
  } catch (cause) {
    if (options.signal?.aborted) throw cause
    throw unreachable(path, cause)
  }
  const text = await response.text()
  const parsed: unknown = text === '' ? null : readBody(text, path)
  // What the operation record says of a problem's body.
  if (!response.ok) throw new ProblemError(toReader(parsed as ProblemDocument))
  // The caller names the resource type that the operation record states.
  return { data: parsed as T, headers: response.headers, status: response.status }
}

/** A page never sends a key, so a 401 means one thing here; what the interface says of keys is for programs. */
const toReader = (problem: ProblemDocument): ProblemDocument =>
  problem.code === 'unauthenticated'
    ? {
        ...problem,
        detail: 'Your session has ended. Sign in in another tab, then try again: what stands here is kept.',
      }
    : problem

function readBody(text: string, path: string): unknown {
  try {
    return parseJson(text)
  } catch (cause) {
    throw unreachable(path, cause)
  }
}
