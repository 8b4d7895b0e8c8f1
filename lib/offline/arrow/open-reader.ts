import { type FileHandle, open, rm } from 'node:fs/promises'
import { type RecordBatch, RecordBatchReader, type Schema } from 'apache-arrow'
import { DomainError } from '@/lib/core/errors'
import { registerCodecs } from './compression'
import { malformed } from './malformed'
import { largestBatchBytes, largestMetadataBytes, streamMessages, tooLargeBatch } from './messages'
import { verifyFooter, verifyMessage } from './verify'

export interface ArrowReader {
  schema: Schema | undefined
  batches: AsyncGenerator<RecordBatch>
  close: () => Promise<void>
}

const fileMagic = 'ARROW1'

/** Failures of files and sockets say which call failed or have codes of their own; Arrow's say neither. */
const isFromOutside = (error: Error) =>
  error instanceof DomainError ||
  error.name === 'AbortError' ||
  'syscall' in error ||
  ('code' in error && typeof error.code === 'string' && !error.code.startsWith('ERR_'))

/** What Arrow's reader says of broken bytes, as the refusal that it is. */
export const unreadable = (error: unknown): unknown =>
  error instanceof Error && !isFromOutside(error) ? malformed(`${error.message}.`, error) : error

/** The source with its first bytes seen. */
async function peeked(source: AsyncIterable<Uint8Array>, size: number) {
  const chunks = source[Symbol.asyncIterator]()
  let head: Uint8Array = new Uint8Array(0)
  while (head.length < size) {
    const { done, value } = await chunks.next()
    if (done) break
    head = Buffer.concat([head, value])
  }
  async function* all(): AsyncGenerator<Uint8Array> {
    if (head.length > 0) yield head
    for (let step = await chunks.next(); !step.done; step = await chunks.next()) yield step.value
  }
  return { start: Buffer.from(head.subarray(0, size)).toString('latin1'), all: all() }
}

async function* batchesOf(reader: AsyncIterable<RecordBatch>): AsyncGenerator<RecordBatch> {
  try {
    yield* reader
  } catch (error) {
    throw unreadable(error)
  }
}

/** The handle, but for reads of more than a record batch may have: they come from what the file says of itself. */
const bounded = (handle: FileHandle): FileHandle =>
  new Proxy(handle, {
    get: (target, name) => {
      if (name !== 'read') {
        const member: unknown = Reflect.get(target, name)
        return typeof member === 'function' ? member.bind(target) : member
      }
      return async (buffer: Uint8Array, offset: number, length: number, position: number) => {
        if (length > largestBatchBytes) throw tooLargeBatch(length)
        return target.read(buffer, offset, length, position)
      }
    },
  })

async function read(handle: FileHandle, position: number, size: number): Promise<Uint8Array> {
  if (!(position >= 0 && size >= 0 && size <= largestMetadataBytes))
    throw malformed('the file refers to what is not there.')
  const bytes = new Uint8Array(size)
  const { bytesRead } = await handle.read(bytes, 0, size, position)
  if (bytesRead < size) throw malformed('the file refers to what is not there.')
  return bytes
}

const int32 = (bytes: Uint8Array) => new DataView(bytes.buffer).getInt32(0, true)

/** Holds the footer and the description of every batch to what they hold, before Arrow's reader believes them. */
async function verifyFile(handle: FileHandle): Promise<void> {
  const { size } = await handle.stat()
  const end = size - fileMagic.length - 4
  const length = int32(await read(handle, end, 4))
  for (const { offset, metadataBytes } of verifyFooter(await read(handle, end - length, length))) {
    const prefix = int32(await read(handle, offset, 4)) === -1 ? 8 : 4
    verifyMessage(await read(handle, offset + prefix, metadataBytes - prefix))
  }
}

async function openFile(bytes: AsyncIterable<Uint8Array>, spool: string): Promise<ArrowReader> {
  const handle = await open(spool, 'wx+')
  const close = async () => {
    await handle.close().catch(() => {})
    await rm(spool, { force: true })
  }
  try {
    for await (const chunk of bytes) await handle.writeFile(chunk)
    await verifyFile(handle)
    const reader = await RecordBatchReader.from(bounded(handle))
    await reader.open()
    return { schema: reader.schema, batches: batchesOf(reader), close }
  } catch (error) {
    await close()
    throw unreadable(error)
  }
}

async function openStream(bytes: AsyncIterable<Uint8Array>): Promise<ArrowReader> {
  try {
    const reader = await RecordBatchReader.from(streamMessages(bytes))
    await reader.open()
    return { schema: reader.schema, batches: batchesOf(reader), close: async () => {} }
  } catch (error) {
    throw unreadable(error)
  }
}

/** Opens Arrow IPC by its first bytes: a file, which is kept at `spool` while it is read, or a stream. */
export async function openReader(bytes: AsyncIterable<Uint8Array>, spool: string): Promise<ArrowReader> {
  registerCodecs()
  const { start, all } = await peeked(bytes, fileMagic.length)
  return start === fileMagic ? openFile(all, spool) : openStream(all)
}
