import { Agent, request as httpRequest, type IncomingHttpHeaders } from 'node:http'

export interface Answer {
  status: number
  headers: IncomingHttpHeaders
  body: Buffer
  text: string
  json: () => unknown
}

export interface Sending {
  headers?: Record<string, string>
  /** Text and bytes go as they are; anything else as JSON. */
  body?: unknown
  /** API key; null sends none. Absent: the client's own. */
  key?: string | null
  signal?: AbortSignal
}

export type Send = (method: string, path: string, sending?: Sending) => Promise<Answer>

/** Nothing that the product answers may take longer; a test that waits this long has found a hang. */
const patienceMilliseconds = 120_000

const bytesOf = (body: unknown): Buffer => {
  if (Buffer.isBuffer(body)) return body
  if (body instanceof Uint8Array) return Buffer.from(body)
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
}

const isRaw = (body: unknown) => typeof body === 'string' || body instanceof Uint8Array

const headersOf = ({ headers, body, key }: Sending): Record<string, string> => ({
  ...(key ? { authorization: `Bearer ${key}` } : {}),
  ...(body === undefined ? {} : { 'content-length': String(bytesOf(body).length) }),
  ...(body === undefined || isRaw(body) ? {} : { 'content-type': 'application/json' }),
  ...headers,
})

const answerOf = (status: number, headers: IncomingHttpHeaders, body: Buffer): Answer => ({
  status,
  headers,
  body,
  text: body.toString('utf8'),
  json: () => JSON.parse(body.toString('utf8')) as unknown,
})

const agent = new Agent({ keepAlive: true, maxSockets: 100 })

/**
 * HTTP without a library's help: paths, methods and bodies go out exactly as they are written. Rejects when the
 * connection breaks or nothing is answered.
 */
export const httpClient =
  (origin: string, ownKey: string | null): Send =>
  (method, path, sending = {}) =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(origin)
      const { key = ownKey, body, signal } = sending
      const headers = headersOf({ ...sending, key })
      const request = httpRequest({ hostname, port, method, path, headers, agent, signal }, (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () =>
          resolve(answerOf(response.statusCode ?? 0, response.headers, Buffer.concat(chunks))),
        )
        response.on('error', reject)
      })
      request.setTimeout(patienceMilliseconds, () =>
        request.destroy(new Error(`No answer to ${method} ${path}`)),
      )
      request.on('error', reject)
      request.end(body === undefined ? undefined : bytesOf(body))
    })
