import type { DuckDBVector } from '@duckdb/node-api'

/**
 * The memory of an engine's vector. The client library types it as its own affair, but to make a JavaScript value of
 * every cell costs eight times the copy; each member is looked at before it is used, so that another layout fails
 * loudly.
 */
function member(vector: object, name: string): unknown {
  return name in vector ? Reflect.get(vector, name) : undefined
}

const unknownLayout = (vector: DuckDBVector) =>
  new TypeError(`${vector.constructor.name} is not laid out as this encoder knows it`)

/** The bytes of a vector of fixed width. */
export function fixedBytes(vector: DuckDBVector): Uint8Array {
  const items = member(vector, 'items')
  if (!ArrayBuffer.isView(items)) throw unknownLayout(vector)
  return new Uint8Array(items.buffer, items.byteOffset, items.byteLength)
}

/** The bytes of a vector which the library reads through a DataView: booleans by 1, texts by 16. */
export function viewOf(vector: DuckDBVector): DataView {
  const view = member(vector, 'dataView')
  if (!(view instanceof DataView)) throw unknownLayout(vector)
  return view
}

/** Bits of a vector's rows, 1 where there is a value; null when there is one in each. */
export function validityOf(vector: DuckDBVector): Uint8Array | null {
  const validity = member(vector, 'validity')
  if (typeof validity !== 'object' || validity === null) throw unknownLayout(vector)
  const data = member(validity, 'data')
  if (data === null) return null
  if (!(data instanceof BigUint64Array) || member(validity, 'offset') !== 0) throw unknownLayout(vector)
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
}

export const isPresent = (bits: Uint8Array, row: number): boolean =>
  ((bits[row >> 3] ?? 0) & (1 << (row & 7))) !== 0
