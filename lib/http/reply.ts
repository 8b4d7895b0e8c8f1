import { stringifyJson } from '@/lib/core/json'
import { byteStream } from './byte-stream'

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

/** Lines of a list as a file to keep; whatever a file's name cannot hold becomes `_`. */
export const csvFile = (name: string, body: Bytes, headers: Record<string, string> = {}) =>
  new Reply(200, body, {
    ...headers,
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="${name.replaceAll(/[^\w.-]/g, '_')}.csv"`,
  })

/** Long work that has only begun: where its answer will be. */
export const accepted = (location: string, resource: unknown) => json(202, resource, { location })

/** Server-sent events, as they come; a reader who leaves ends their source. */
export const eventStream = (events: AsyncIterable<string>) =>
  new Reply(200, byteStream(events), {
    'content-type': 'text/event-stream',
    'cache-control': 'no-cache, no-transform',
  })
