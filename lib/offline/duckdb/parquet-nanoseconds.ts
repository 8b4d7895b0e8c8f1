import { type FileHandle, open } from 'node:fs/promises'

/** Reads Thrift's compact protocol: what is not asked for is passed over. Throws RangeError where it breaks off. */
class ThriftReader {
  constructor(
    readonly bytes: Buffer,
    public at = 0,
  ) {}

  byte(): number {
    return this.bytes.readUInt8(this.at++)
  }

  varint(): number {
    let value = 0
    for (let factor = 1; ; factor *= 128) {
      const byte = this.byte()
      value += (byte & 127) * factor
      if (byte < 128) return value
    }
  }

  /** Calls with id, type and the place of its head for each field; what is not read then is passed over. */
  struct(field: (id: number, type: number, head: number) => boolean): void {
    for (let id = 0; ; ) {
      const head = this.at
      const byte = this.byte()
      const type = byte & 15
      if (type === 0) return
      if (byte >> 4) id += byte >> 4
      else {
        const zigzag = this.varint()
        id = zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2
      }
      if (!field(id, type, head)) this.skip(type)
    }
  }

  /** Element type and number of a list. */
  list(): [type: number, size: number] {
    const byte = this.byte()
    return [byte & 15, byte >> 4 === 15 ? this.varint() : byte >> 4]
  }

  skip(type: number): void {
    if (type === 3) this.at++
    else if (type >= 4 && type <= 6) this.varint()
    else if (type === 7) this.at += 8
    else if (type === 8) this.at = this.varint() + this.at
    else if (type === 9 || type === 10) {
      const [element, size] = this.list()
      for (let i = 0; i < size; i++) this.skip(element === 1 || element === 2 ? 3 : element)
    } else if (type === 12) this.struct(() => false)
    else if (type === 11) throw new RangeError('A map where none belongs')
    if (this.at > this.bytes.length) throw new RangeError('The footer breaks off')
  }
}

const structType = 12
const listType = 9
const isTrue = 1

/** The place of the flag "adjusted to UTC" of a TimestampType in nanoseconds, or null. */
function flagOf(reader: ThriftReader): number | null {
  let flag: number | null = null
  let isNanoseconds = false
  reader.struct((id, type, head) => {
    if (id === 1) {
      if (type === isTrue) flag = head
      return true
    }
    if (id !== 2 || type !== structType) return false
    reader.struct((unit) => {
      isNanoseconds = unit === 3
      return false
    })
    return true
  })
  return isNanoseconds ? flag : null
}

/** The places in a footer (FileMetaData) of those flags, of all columns of its schema. */
function flagsIn(footer: Buffer): number[] {
  const reader = new ThriftReader(footer)
  const flags: number[] = []
  const logicalType = () =>
    reader.struct((id, type) => {
      if (id !== 8 || type !== structType) return false
      const flag = flagOf(reader)
      if (flag !== null) flags.push(flag)
      return true
    })
  const element = () =>
    reader.struct((id, type) => {
      if (id !== 10 || type !== structType) return false
      logicalType()
      return true
    })
  reader.struct((id, type) => {
    if (id !== 2 || type !== listType) return false
    const [, size] = reader.list()
    for (let i = 0; i < size; i++) element()
    return true
  })
  return flags
}

const mostFooterBytes = 64 * 1024 * 1024

async function footerOf(file: FileHandle): Promise<{ footer: Buffer; position: number } | null> {
  const { size } = await file.stat()
  const tail = Buffer.alloc(8)
  if (size < 12) return null
  await file.read(tail, 0, 8, size - 8)
  const length = tail.readUInt32LE(0)
  if (tail.toString('latin1', 4) !== 'PAR1' || length > size - 12 || length > mostFooterBytes) return null
  const position = size - 8 - length
  const footer = Buffer.alloc(length)
  await file.read(footer, 0, length, position)
  return { footer, position }
}

/**
 * Makes instants in nanoseconds with a zone ones without, in place: the number is the same, and of those with a zone
 * the engine cuts what does not fit a microsecond without a word. A file that is no Parquet stays as it is, for the
 * engine to say so. `path` is a copy of our own.
 */
export async function keepNanoseconds(path: string): Promise<void> {
  const file = await open(path, 'r+')
  try {
    const found = await footerOf(file)
    if (!found) return
    const { footer, position } = found
    for (const flag of flagsIn(footer)) {
      const head = footer.readUInt8(flag)
      await file.write(Buffer.from([(head & 0xf0) | 2]), 0, 1, position + flag)
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
  } finally {
    await file.close()
  }
}
