import { isUtf8 } from 'node:buffer'
import type { IncomingMessage } from 'node:http'
import { DomainError } from '@/lib/core/errors'
import { parseUniqueJson } from '@/lib/core/json'
import { inflated } from '@/lib/http/inflate'

/** Five thousand keys of any length that a key has. */
const mostBodyBytes = 32 * 1024 * 1024

const tooLarge = () =>
  new DomainError('too_large', `The body is larger than ${mostBodyBytes} bytes, the most that is read here.`)

/** By events: an async iterator over the request costs as much as the read itself. One of the two is called, once. */
function rawBody(request: IncomingMessage, take: (bytes: Buffer) => void, refuse: (error: unknown) => void) {
  const chunks: Buffer[] = []
  let size = 0
  let isOver = false
  const refuseOnce = (error: unknown) => {
    if (!isOver) refuse(error)
    isOver = true
  }
  request.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size <= mostBodyBytes) chunks.push(chunk)
    else refuseOnce(tooLarge())
  })
  request.on('end', () => {
    if (isOver) return
    isOver = true
    const [only] = chunks
    take(only && chunks.length === 1 ? only : Buffer.concat(chunks))
  })
  request.on('error', refuseOnce)
}

async function inflatedBody(bytes: Buffer, encoding: string): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let size = 0
  const source = (async function* () {
    yield bytes
  })()
  for await (const chunk of inflated(encoding, source)) {
    size += chunk.length
    if (size > mostBodyBytes) throw tooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function requireJson(contentType: string | undefined): void {
  if (contentType === undefined || contentType === 'application/json') return
  const type = contentType.split(';')[0]?.trim().toLowerCase() ?? ''
  if (type === '' || type === 'application/json' || type.endsWith('+json')) return
  throw new DomainError(
    'unsupported_media_type',
    `Content-Type ${type} is not read here; send application/json.`,
  )
}

function jsonOf(bytes: Buffer): unknown {
  if (!isUtf8(bytes)) throw new DomainError('not_parseable', 'The body is not UTF-8 text.')
  return parseUniqueJson(bytes.toString())
}

/**
 * Hands the body on as losslessly parsed JSON, or what is wrong with it: unsupported_media_type, not_parseable, invalid,
 * too_large. By callbacks: on the hot path each promise costs as much as cutting a row. What `take` throws is refused too.
 */
export function jsonBody(
  request: IncomingMessage,
  take: (value: unknown) => void,
  refuse: (error: unknown) => void,
): void {
  requireJson(request.headers['content-type'])
  const encoding = request.headers['content-encoding']?.toLowerCase() ?? 'identity'
  const takeBytes = (bytes: Buffer) => {
    try {
      take(jsonOf(bytes))
    } catch (error) {
      refuse(error)
    }
  }
  rawBody(
    request,
    encoding === 'identity'
      ? takeBytes
      : (bytes) => void inflatedBody(bytes, encoding).then(takeBytes, refuse),
    refuse,
  )
}
