import { isUtf8 } from 'node:buffer'
import { openBytes } from '@/lib/core/utf8'
import { type StagedColumn, stagedColumns } from '@/lib/offline'
import { checkRow } from '../check-row'
import { headerOf } from '../decode/csv'
import { rowOfLine } from '../decode/ndjson'
import type { UnknownColumns } from '../raw-row'
import { operationColumn, type RowPlan } from '../row-plan'
import type { StageOptions } from '../stage-options'
import { removeFile } from '../staging'
import { type BytesFile, openBytesFile } from './bytes-file'
import { type CellScanner, Doubt, StagedText } from './cells'
import { csvCells } from './csv-cells'
import { ndjsonCells } from './ndjson-cells'

export type BulkFormat = 'csv' | 'ndjson'

/** A file of cells: rows `first` to `last` of the body. */
export interface CellsFile {
  path: string
  first: number
  last: number
}

/** A body that was saved, and its cells where all of it was plain. */
export interface ReceivedBody {
  path: string
  columns: StagedColumn[]
  /** Null: the decoder must read the body. */
  cells: CellsFile[] | null
  remove: () => Promise<void>
}

interface BulkOptions extends StageOptions {
  unknown: UnknownColumns
}

/** Refuses bytes that are not UTF-8. */
function utf8Check() {
  let open: Uint8Array = new Uint8Array()
  return (chunk: Uint8Array) => {
    const bytes = open.length === 0 ? chunk : Buffer.concat([open, chunk])
    open = bytes.slice(bytes.length - openBytes(bytes))
    if (!isUtf8(bytes.subarray(0, bytes.length - open.length))) throw new Doubt()
  }
}

/** The staged line of a row that is not plain and yet good. */
function checkedLine({ plan, bounds, unknown }: BulkOptions): (line: Uint8Array, row: number) => string {
  const utf8 = new TextDecoder('utf-8', { fatal: true })
  return (line, row) => {
    const checked = checkRow(plan, bounds, rowOfLine(utf8, line, plan, unknown, row))
    if (Array.isArray(checked)) throw new Doubt()
    return checked.line.slice(0, -1)
  }
}

function scannerOf(
  options: BulkOptions,
  format: BulkFormat,
  out: StagedText,
  columns: StagedColumn[],
): CellScanner {
  const { plan, unknown } = options
  if (format === 'csv') {
    return csvCells(out, (cells) => columns.push(...csvColumns(plan, headerOf(cells, plan, unknown).targets)))
  }
  columns.push(...stagedColumns(plan.schema))
  return ndjsonCells(out, [...plan.columns, { name: operationColumn, type: null }], checkedLine(options))
}

const csvColumns = (plan: RowPlan, targets: ReturnType<typeof headerOf>['targets']): StagedColumn[] => [
  ...targets.map((target) => {
    if (target === 'operation') return operationColumn
    return typeof target === 'number' ? (plan.columns[target]?.name ?? null) : null
  }),
  '_row',
]

/** The files of cells as they are written: each has at most `rowsAFile` rows. */
class CellsFiles {
  readonly all: CellsFile[] = []
  private current: BytesFile | null = null
  private written = 0
  private readonly waiting: { text: Uint8Array; rows: number; endsFile: boolean }[] = []

  /** What the scanner gives while it runs; `drain` writes it. */
  readonly take = (text: Uint8Array, rows: number, endsFile: boolean) => {
    this.waiting.push({ text, rows, endsFile })
  }

  async drain(): Promise<void> {
    for (const { text, rows, endsFile } of this.waiting.splice(0)) {
      if (!this.current) {
        this.current = await openBytesFile('cells')
        this.all.push({ path: this.current.path, first: this.written + 1, last: 0 })
      }
      await this.current.write(text)
      const last = this.all.at(-1)
      if (last) last.last = rows
      if (!endsFile) continue
      this.written = rows
      await this.close()
    }
  }

  async close(): Promise<void> {
    await this.current?.close()
    this.current = null
  }

  async remove(): Promise<void> {
    await this.close()
    for (const { path } of this.all) await removeFile(path)
  }
}

/** Saves a body and takes it apart while it arrives, in pieces of a few milliseconds at most. */
export async function receiveCells(
  options: BulkOptions,
  format: BulkFormat,
  bytes: AsyncIterable<Uint8Array>,
  rowsAFile: number,
): Promise<ReceivedBody> {
  const body = await openBytesFile('body')
  const files = new CellsFiles()
  const remove = async () => {
    await body.close()
    await files.remove()
    await removeFile(body.path)
  }
  const columns: StagedColumn[] = []
  const out = new StagedText(rowsAFile, files.take)
  const scanner = scannerOf(options, format, out, columns)
  const check = utf8Check()
  let isPlain = true
  const tried = (work: () => void) => {
    try {
      if (isPlain) work()
    } catch (error) {
      if (!(error instanceof Doubt)) throw error
      isPlain = false
    }
  }
  try {
    for await (const chunk of bytes) {
      options.signal.throwIfAborted()
      await body.write(chunk)
      tried(() => {
        check(chunk)
        scanner.push(chunk)
        out.flush(false)
      })
      await files.drain()
    }
    tried(() => {
      scanner.end()
      out.flush(false)
    })
    await files.drain()
    await files.close()
    await body.close()
    return { path: body.path, columns, cells: isPlain && out.rows > 0 ? files.all : null, remove }
  } catch (error) {
    await remove()
    throw error
  }
}
