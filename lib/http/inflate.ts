import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { DomainError } from '@/lib/core/errors'
import { ZstdFault, zstdInflater } from '@/lib/core/zstd'

type Bytes = AsyncIterable<Uint8Array>

async function* gunzipped(chunks: Bytes): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip()
  let failure: { error: unknown } | null = null
  async function* watched(): AsyncGenerator<Uint8Array> {
    try {
      yield* chunks
    } catch (error) {
      failure = { error }
      throw error
    }
  }
  const source = Readable.from(watched())
  source.on('error', (error) => gunzip.destroy(error))
  source.pipe(gunzip)
  try {
    for await (const chunk of gunzip) yield chunk as Uint8Array
  } catch (cause) {
    // What failed before the bytes came here is not the fault of the gzip data.
    if (failure) throw (failure as { error: unknown }).error
    throw new DomainError('not_parseable', 'The body is not whole gzip data.', {}, { cause })
  } finally {
    source.destroy()
  }
}

async function* unzstded(chunks: Bytes): AsyncGenerator<Uint8Array> {
  const inflater = zstdInflater()
  try {
    for await (const chunk of chunks) yield* inflater.push(chunk)
    inflater.end()
  } catch (cause) {
    if (!(cause instanceof ZstdFault)) throw cause
    throw new DomainError('not_parseable', `The body is not whole zstd data: ${cause.message}`, {}, { cause })
  }
}

const inflaters = new Map<string, (chunks: Bytes) => AsyncGenerator<Uint8Array>>([
  ['gzip', gunzipped],
  ['x-gzip', gunzipped],
  ['zstd', unzstded],
])

const mostEncodings = 3

/**
 * The bytes of a body as they were before the encodings of its Content-Encoding were applied, which stand there in that
 * order. 415 for one that is not known, with those that are in Accept-Encoding; 400 for data that is none.
 */
export function inflated(contentEncoding: string | null, chunks: Bytes): Bytes {
  const encodings = (contentEncoding ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity')
  const unknown = encodings.find((name) => !inflaters.has(name))
  if (unknown !== undefined || encodings.length > mostEncodings) {
    const what =
      unknown === undefined ? `More than ${mostEncodings} encodings are` : `Content-Encoding ${unknown} is`
    throw new DomainError('unsupported_media_type', `${what} not read here; send gzip, zstd or none.`, {
      headers: { 'accept-encoding': 'gzip, zstd' },
    })
  }
  return encodings.reduceRight((bytes, name) => inflaters.get(name)?.(bytes) ?? bytes, chunks)
}
