import { Message } from 'apache-arrow'
import { DomainError } from '@/lib/core/errors'
import { malformed } from './malformed'
import { verifyMessage } from './verify'

export const largestMetadataBytes = 16 * 1024 * 1024
/** A record batch is in memory as a whole. */
export const largestBatchBytes = 256 * 1024 * 1024

export const tooLargeBatch = (bytes: number) =>
  new DomainError(
    'too_large',
    `A record batch of ${bytes} bytes: one may have ${largestBatchBytes}. Write smaller batches.`,
  )

/** Takes exactly as many bytes as are asked for from chunks of any size. */
interface ByteReader {
  /** Null at the end of the source; throws when it ends in between. */
  take: (size: number) => Promise<Uint8Array | null>
}

function byteReader(source: AsyncIterable<Uint8Array>): ByteReader {
  const chunks = source[Symbol.asyncIterator]()
  let rest: Uint8Array = new Uint8Array(0)
  const take = async (size: number) => {
    // A body's own memory begins at its byte 0, so that numbers in it are aligned.
    const out = new Uint8Array(size)
    let filled = 0
    while (filled < size) {
      if (rest.length === 0) {
        const { done, value } = await chunks.next()
        if (done && filled === 0) return null
        if (done) throw malformed(`it breaks off ${size - filled} bytes before the end of a message.`)
        rest = value
        continue
      }
      const part = rest.subarray(0, size - filled)
      out.set(part, filled)
      filled += part.length
      rest = rest.subarray(part.length)
    }
    return out
  }
  return { take }
}

const int32 = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset).getInt32(0, true)

async function whole(reader: ByteReader, size: number): Promise<Uint8Array> {
  const bytes = size === 0 ? new Uint8Array(0) : await reader.take(size)
  if (!bytes) throw malformed(`it breaks off ${size} bytes before the end of a message.`)
  return bytes
}

function decoded(metadata: Uint8Array): Message {
  try {
    return Message.decode(metadata)
  } catch (cause) {
    throw malformed('the description of a message is broken.', cause)
  }
}

/** The length of the next message's metadata; 0 at the end mark, without which a stream may have been cut. */
async function metadataLength(reader: ByteReader, first: Uint8Array | null): Promise<number> {
  const head = first ?? (await reader.take(4))
  if (!head) throw malformed('it ends without the end mark of a stream, so that it may have been cut.')
  const length = int32(head)
  return length === -1 ? int32(await whole(reader, 4)) : length
}

function refuseLarge(message: Message): void {
  if (message.bodyLength < 0) throw malformed('a message has a negative length.')
  if (message.bodyLength > largestBatchBytes) throw tooLargeBatch(message.bodyLength)
}

/**
 * The messages of Arrow's streaming format, each whole and of bounded size, as the pieces that its reader takes.
 * Throws `not_parseable` where the bytes break off, are no messages or go on after the end.
 */
export async function* streamMessages(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = byteReader(source)
  let first = await reader.take(4)
  if (!first) throw malformed('it is empty.')
  for (;;) {
    const length = await metadataLength(reader, first)
    first = null
    if (length === 0) break
    if (length < 0 || length > largestMetadataBytes)
      throw malformed(`a message says that its description has ${length} bytes.`)
    const metadata = await whole(reader, length)
    verifyMessage(metadata)
    const message = decoded(metadata)
    refuseLarge(message)
    const head = new Uint8Array(8).fill(255)
    new DataView(head.buffer).setInt32(4, length, true)
    yield head
    yield metadata
    if (message.bodyLength > 0) yield await whole(reader, message.bodyLength)
  }
  if (await reader.take(1)) throw malformed('further bytes follow the end of the stream.')
}
