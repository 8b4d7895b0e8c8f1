import type { IncomingMessage } from 'node:http'
import { DomainError } from '@/lib/core/errors'
import { parseUniqueJson } from '@/lib/core/json'
import { inflated } from '@/lib/http/inflate'

/** Five thousand keys of any length that a key has. */
const mostBodyBytes = 32 * 1024 * 1024

const tooLarge = () =>
  new DomainError('too_large', `The body is larger than ${mostBodyBytes} bytes, the most that is read here.`)

/** By events: an async iterator over the request costs as much as the read itself. */
function rawBody(request: IncomingMessage, onEnd: (bytes: Buffer) => void, onError: (error: Error) => void) {
  const chunks: Buffer[] = []
  let size = 0
  request.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size <= mostBodyBytes) chunks.push(chunk)
    else onError(tooLarge())
  })
  request.on('end', () => {
    const [only] = chunks
    onEnd(only && chunks.length === 1 ? only : Buffer.concat(chunks))
  })
  request.on('error', onError)
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

const utf8 = new TextDecoder('utf-8', { fatal: true })

function jsonOf(bytes: Buffer): unknown {
  try {
    return parseUniqueJson(utf8.decode(bytes))
  } catch (cause) {
    if (cause instanceof TypeError)
      throw new DomainError('not_parseable', 'The body is not UTF-8 text.', {}, { cause })
    throw cause
  }
}

/** The body as losslessly parsed JSON. Errors: unsupported_media_type, not_parseable, invalid, too_large. */
export const jsonBody = (request: IncomingMessage): Promise<unknown> =>
  new Promise((resolve, reject) => {
    requireJson(request.headers['content-type'])
    const encoding = request.headers['content-encoding']?.toLowerCase() ?? 'identity'
    const settle = (bytes: Buffer) => {
      if (encoding !== 'identity') return resolve(inflatedBody(bytes, encoding).then(jsonOf))
      try {
        resolve(jsonOf(bytes))
      } catch (error) {
        reject(error)
      }
    }
    rawBody(request, settle, reject)
  })
