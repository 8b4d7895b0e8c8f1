import { DomainError } from '@/lib/core/errors'
import { parseUniqueJson } from '@/lib/core/json'
import { inflated } from './inflate'

export const defaultBodyBytes = 32 * 1024 * 1024

async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield value
    }
  } finally {
    reader.releaseLock()
  }
}

/** Read whole: in one piece a body costs a tenth of the promises that it costs by chunks. */
const shortBytes = 256 * 1024

/** Whether a body says that it is short, and is as it is. Node holds a request to the length that it says. */
function isShort({ headers }: Request, maxBytes: number): boolean {
  const length = headers.get('content-length')
  if (length === null || headers.has('content-encoding')) return false
  return Number(length) <= Math.min(maxBytes, shortBytes)
}

/** The request's bytes, inflated. `maxBytes` bounds the inflated size (413). 415 for an encoding that is not known. */
export async function* bodyBytes(request: Request, maxBytes: number): AsyncGenerator<Uint8Array> {
  if (isShort(request, maxBytes)) return yield new Uint8Array(await request.arrayBuffer())
  if (!request.body) return
  const chunks = inflated(request.headers.get('content-encoding'), chunksOf(request.body))
  let total = 0
  for await (const chunk of chunks) {
    total += chunk.length
    if (total > maxBytes) {
      throw new DomainError(
        'too_large',
        `The body is larger than ${maxBytes} bytes, the most that is read here.`,
      )
    }
    yield chunk
  }
}

/** The body as text. Bytes that are not UTF-8 are refused (400), never replaced. */
async function bodyText(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let text = ''
  try {
    for await (const chunk of bytes) text += decoder.decode(chunk, { stream: true })
    return text + decoder.decode()
  } catch (cause) {
    if (cause instanceof TypeError)
      throw new DomainError('not_parseable', 'The body is not UTF-8 text.', {}, { cause })
    throw cause
  }
}

/** Media type of the body without its parameters; a body without one is JSON. */
export const contentTypeOf = (request: Request): string =>
  (request.headers.get('content-type') ?? 'application/json').split(';')[0]?.trim().toLowerCase() ||
  'application/json'

/** The text of a JSON body, not parsed. 415 when it says to be something else. */
export async function bodyJsonText(request: Request, bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const type = contentTypeOf(request)
  if (type !== 'application/json' && !type.endsWith('+json')) {
    throw new DomainError(
      'unsupported_media_type',
      `Content-Type ${type} is not read here; send application/json.`,
    )
  }
  return bodyText(bytes)
}

/** The body as losslessly parsed JSON, each member of an object once; undefined when there is none. */
export async function bodyJson(request: Request, bytes: AsyncIterable<Uint8Array>): Promise<unknown> {
  const text = await bodyJsonText(request, bytes)
  return text.trim() === '' ? undefined : parseUniqueJson(text)
}
