import { malformed } from './malformed'

/**
 * Arrow's reader believes the counts in a message's description and makes an object for each. This walks the same
 * tables (Arrow's Message.fbs, Schema.fbs, File.fbs) and holds that everything counted is really there.
 */
class Tables {
  private visited = 0

  constructor(private readonly view: DataView) {}

  root = (): number => this.uint32(0)

  uint32(at: number): number {
    return this.view.getUint32(at, true)
  }

  byte(at: number): number {
    return this.view.getUint8(at)
  }

  int64(at: number): number {
    return Number(this.view.getBigInt64(at, true))
  }

  /** Where field `id` of a table stands; null when it does not. */
  field(table: number, id: number): number | null {
    if (++this.visited > 200_000) throw malformed('its description goes round in a circle.')
    const vtable = table - this.view.getInt32(table, true)
    const slot = 4 + id * 2
    if (slot + 2 > this.view.getUint16(vtable, true)) return null
    const offset = this.view.getUint16(vtable + slot, true)
    return offset === 0 ? null : table + offset
  }

  /** What a field refers to. */
  reference(table: number, id: number): number | null {
    const at = this.field(table, id)
    return at === null ? null : at + this.uint32(at)
  }

  /** Places of the items of a vector of `bytes` each, which lie within the description. */
  items(table: number, id: number, bytes: number): number[] {
    const at = this.reference(table, id)
    if (at === null) return []
    const count = this.uint32(at)
    if (count * bytes > this.view.byteLength - at - 4)
      throw malformed('its description counts more than it holds.')
    return Array.from({ length: count }, (_, index) => at + 4 + index * bytes)
  }

  /** Places of the tables of a vector. */
  tables(table: number, id: number): number[] {
    return this.items(table, id, 4).map((at) => at + this.uint32(at))
  }
}

const mostNested = 64

function verifyField(tables: Tables, field: number, depth: number): void {
  if (depth > mostNested) throw malformed('its columns are nested too deep.')
  tables.items(field, 6, 4)
  for (const child of tables.tables(field, 5)) verifyField(tables, child, depth + 1)
}

function verifySchema(tables: Tables, schema: number): void {
  tables.items(schema, 2, 4)
  for (const field of tables.tables(schema, 1)) verifyField(tables, field, 0)
}

function verifyBatch(tables: Tables, batch: number): void {
  tables.items(batch, 1, 16)
  tables.items(batch, 2, 16)
  tables.items(batch, 4, 8)
}

const outside = (work: () => void): void => {
  try {
    work()
  } catch (error) {
    if (error instanceof RangeError) throw malformed('its description refers to what is not there.', error)
    throw error
  }
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** Throws `not_parseable` when the description of a message counts or refers to what it does not hold. */
export const verifyMessage = (metadata: Uint8Array): void =>
  outside(() => {
    const tables = new Tables(viewOf(metadata))
    const message = tables.root()
    const kind = tables.field(message, 1)
    const header = tables.reference(message, 2)
    if (kind === null || header === null) throw malformed('a message is of no kind.')
    const type = tables.byte(kind)
    if (type === 1) verifySchema(tables, header)
    else if (type === 3) verifyBatch(tables, header)
    else if (type === 2) {
      const data = tables.reference(header, 1)
      if (data !== null) verifyBatch(tables, data)
    } else throw malformed('a message is neither schema nor batch.')
  })

export interface Block {
  offset: number
  metadataBytes: number
}

/** The same of a file's footer; returns where its batches stand. */
export function verifyFooter(footer: Uint8Array): Block[] {
  let blocks: Block[] = []
  outside(() => {
    const tables = new Tables(viewOf(footer))
    const root = tables.root()
    const schema = tables.reference(root, 1)
    if (schema === null) throw malformed('the file has no schema.')
    verifySchema(tables, schema)
    blocks = [...tables.items(root, 2, 24), ...tables.items(root, 3, 24)].map((at) => ({
      offset: tables.int64(at),
      metadataBytes: tables.uint32(at + 8),
    }))
  })
  return blocks
}
