import { stringifyJson } from '@/lib/core/json'

type Bytes = ReadableStream<Uint8Array> | string

/** An answer that is more than a 200 with a resource. */
export class Reply {
  readonly status: number
  readonly headers: Record<string, string>
  readonly body: Bytes | null

  constructor(status: number, body: Bytes | null, headers: Record<string, string> = {}) {
    this.status = status
    this.body = body
    this.headers = headers
  }
}

export const json = (status: number, resource: unknown, headers: Record<string, string> = {}) =>
  new Reply(status, stringifyJson(resource), { 'content-type': 'application/json', ...headers })

export const created = (location: string, resource: unknown, headers: Record<string, string> = {}) =>
  json(201, resource, { location, ...headers })

export const noContent = () => new Reply(204, null)
