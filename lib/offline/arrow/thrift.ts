/** A struct of the compact protocol as its fields by id. A field that is undefined is not written. */
export type ThriftStruct = Record<number, ThriftValue | undefined>

export type ThriftValue =
  | { i32: number }
  | { i64: number }
  | { text: string }
  | { bool: boolean }
  | { struct: ThriftStruct }
  | { structs: ThriftStruct[] }
  | { i32s: number[] }
  | { texts: string[] }

const typeOf = (value: ThriftValue): number => {
  if ('bool' in value) return value.bool ? 1 : 2
  if ('i32' in value) return 5
  if ('i64' in value) return 6
  if ('text' in value) return 8
  return 'struct' in value ? 12 : 9
}

function varint(out: number[], value: number): void {
  let rest = value
  while (rest > 127) {
    out.push((rest % 128) | 128)
    rest = Math.floor(rest / 128)
  }
  out.push(rest)
}

/** Numbers of this writer are sizes and ids: never negative, below 2^52. */
const zigzag = (out: number[], value: number) => varint(out, value * 2)

function writeText(out: number[], text: string): void {
  const bytes = Buffer.from(text)
  varint(out, bytes.length)
  for (const byte of bytes) out.push(byte)
}

function listHead(out: number[], size: number, element: number): void {
  if (size < 15) out.push((size << 4) | element)
  else {
    out.push(0xf0 | element)
    varint(out, size)
  }
}

function writeValue(out: number[], value: ThriftValue): void {
  if ('bool' in value) return
  if ('i32' in value) zigzag(out, value.i32)
  else if ('i64' in value) zigzag(out, value.i64)
  else if ('text' in value) writeText(out, value.text)
  else if ('struct' in value) writeStruct(out, value.struct)
  else if ('structs' in value) {
    listHead(out, value.structs.length, 12)
    for (const item of value.structs) writeStruct(out, item)
  } else if ('i32s' in value) {
    listHead(out, value.i32s.length, 5)
    for (const item of value.i32s) zigzag(out, item)
  } else {
    listHead(out, value.texts.length, 8)
    for (const item of value.texts) writeText(out, item)
  }
}

function writeStruct(out: number[], struct: ThriftStruct): void {
  let last = 0
  for (const [name, value] of Object.entries(struct)) {
    if (value === undefined) continue
    const id = Number(name)
    // Ids of Parquet's structs lie closer than the 15 that one byte can say.
    out.push(((id - last) << 4) | typeOf(value))
    writeValue(out, value)
    last = id
  }
  out.push(0)
}

/** The bytes of a struct in Thrift's compact protocol, in which Parquet writes its headers. */
export function thriftBytes(struct: ThriftStruct): Uint8Array {
  const out: number[] = []
  writeStruct(out, struct)
  return Uint8Array.from(out)
}
