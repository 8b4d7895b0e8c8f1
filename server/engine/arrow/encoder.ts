import { Data, RecordBatch, RecordBatchStreamWriter, type Schema, Struct } from 'apache-arrow'
import type { EncodedColumn } from '@/lib/offline/protocol'
import type { Batch } from '../batch'
import type { Encoder } from '../encoder'
import { arrowColumn } from './columns'
import { arrowSchema } from './types'

const batchRows = 16_384
/** Offsets have 32 bits; far below, so that a batch of long texts stays small in memory too. */
const batchBytes = 32 * 1024 * 1024

/** The library's own writer, whose pieces are taken as they come. */
class PieceWriter extends RecordBatchStreamWriter {
  private pieces: Uint8Array[] = []

  protected override _write(chunk: Parameters<RecordBatchStreamWriter['_write']>[0]): this {
    if (!ArrayBuffer.isView(chunk)) throw new TypeError('The Arrow writer gave something else than bytes')
    if (this._started && chunk.byteLength > 0) {
      this.pieces.push(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength))
      this._position += chunk.byteLength
    }
    return this
  }

  /** A copy of all that was written since the last call. */
  take(): Uint8Array {
    const taken = Buffer.concat(this.pieces)
    this.pieces = []
    return taken
  }
}

/** Arrow IPC stream of a result, from the engine's memory without a JavaScript value between. */
export function arrowEncoder(columns: readonly EncodedColumn[]): Encoder {
  const schema: Schema = arrowSchema(columns)
  const filled = columns.map(({ type }) => arrowColumn(type))
  const writer = new PieceWriter()
  let rows = 0
  writer.reset(undefined, schema)
  const head = writer.take()

  const flush = () => {
    const children = filled.map((column) => column.data())
    const data = new Data(new Struct(schema.fields), 0, rows, 0, {}, children)
    writer.write(new RecordBatch(schema, data))
    rows = 0
    const bytes = writer.take()
    for (const column of filled) column.clear()
    return bytes
  }

  return {
    head,
    batch: ({ chunk, rows: count }: Batch) => {
      for (const [index, column] of filled.entries()) column.append(chunk.getColumnVector(index), 0, count)
      rows += count
      const bytes = filled.reduce((sum, column) => sum + column.byteLength, 0)
      return rows >= batchRows || bytes >= batchBytes ? flush() : ''
    },
    tail: () => {
      const last = rows > 0 ? flush() : new Uint8Array(0)
      writer.finish()
      return Buffer.concat([last, writer.take()])
    },
  }
}
