import { promisify } from 'node:util'
import * as zlib from 'node:zlib'
import type { Reply } from './reply'

/**
 * Next takes a Content-Encoding off what its handlers answer. So the server in front says what its caller accepts under
 * a name of its own, and gives the header that comes back its right name (server/encodings.ts).
 */
export const acceptedHeader = 'x-almanac-accept-encoding'
export const encodedHeader = 'x-almanac-content-encoding'
/** So it is with the length of an answer, which a reader by ranges must know. */
export const lengthHeader = 'x-almanac-content-length'

/** Below, what is saved on the way is less than what compressing costs. */
const leastBytes = 4096

const compressible = /^(?:application\/(?:[\w.-]+\+)?json|application\/x-ndjson|text\/(?!event-stream))/

type Compress = (bytes: Uint8Array) => Promise<Buffer>

const gzip = promisify(zlib.gzip)
const gzipLevel = 4

/** Zstandard came with Node 22.15; on an older one only gzip is offered. */
function zstdOfNode(): Compress | null {
  if (!('zstdCompress' in zlib) || typeof zlib.zstdCompress !== 'function') return null
  const compress: unknown = promisify(zlib.zstdCompress)
  return typeof compress === 'function' ? (bytes) => compress(bytes) : null
}

const zstd = zstdOfNode()
/** What is preferred stands first. */
const offered = new Map<string, Compress>([
  ...(zstd ? [['zstd', zstd] as const] : []),
  ['gzip', (bytes: Uint8Array) => gzip(bytes, { level: gzipLevel })],
])

/** The weights of an Accept-Encoding header by name (RFC 9110, 12.5.3). */
function weights(header: string): Map<string, number> {
  const found = new Map<string, number>()
  for (const part of header.toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.split(';').map((text) => text.trim())
    const weight = parameters.find((text) => text.startsWith('q='))
    if (name) found.set(name, weight === undefined ? 1 : Number(weight.slice(2)) || 0)
  }
  return found
}

/** The encoding that the caller likes most of those that are offered, null for none. */
export function chosenEncoding(accept: string | null): string | null {
  if (!accept) return null
  const wanted = weights(accept)
  const weightOf = (name: string) => wanted.get(name) ?? wanted.get('*') ?? 0
  let best: string | null = null
  for (const name of offered.keys()) if (weightOf(name) > (best === null ? 0 : weightOf(best))) best = name
  // A caller who likes it better as it is gets it so.
  return best !== null && weightOf(best) >= (wanted.get('identity') ?? 0) ? best : null
}

export interface Answered {
  body: Reply['body'] | Uint8Array<ArrayBuffer>
  headers: Record<string, string>
}

/**
 * The answer in the encoding that its caller asks for, where that pays: whole texts of some length. Streams go as they
 * are (gzip would make an export of a million rows several times slower), and so does what has an ETag, which names the
 * bytes of one encoding.
 */
export async function compressed(accept: string | null, { body, headers }: Answered): Promise<Answered> {
  if (
    typeof body !== 'string' ||
    body.length < leastBytes ||
    !compressible.test(headers['content-type'] ?? '')
  )
    return { body, headers }
  if ('etag' in headers) return { body, headers }
  const own = { ...headers, vary: [headers.vary, 'accept-encoding'].filter(Boolean).join(', ') }
  const encoding = chosenEncoding(accept)
  const compress = encoding === null ? undefined : offered.get(encoding)
  if (!encoding || !compress) return { body, headers: own }
  return {
    body: new Uint8Array(await compress(Buffer.from(body))),
    headers: { ...own, [encodedHeader]: encoding },
  }
}
