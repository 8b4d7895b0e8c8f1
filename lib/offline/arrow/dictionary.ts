import type { Data, Vector } from 'apache-arrow'
import type { Leaf } from './leaf-type'
import { checkLength, malformed } from './malformed'
import { physical } from './parquet-file'
import { type Cells, countOf, plainValues } from './plain-values'

/** The values of a dictionary, encoded once: entry i stands from offsets[i] to offsets[i + 1]; null entries are empty. */
interface Entries {
  bytes: Uint8Array
  offsets: Float64Array
  present: Uint8Array
  hasNulls: boolean
}

const isSet = (bitmap: Uint8Array, index: number): boolean =>
  (((bitmap[index >> 3] ?? 0) >> (index & 7)) & 1) === 1

const widthOf = ({ type }: Leaf): number => {
  if (type.physical === physical.fixed) return type.length ?? 0
  return type.physical === physical.int32 || type.physical === physical.float ? 4 : 8
}

function entriesOf(dictionary: Vector, leaf: Leaf): Entries {
  for (const data of dictionary.data) checkLength(data)
  const count = dictionary.length
  const parts: Uint8Array[] = []
  const offsets = new Float64Array(count + 1)
  const present = new Uint8Array((count + 7) >> 3)
  let entry = 0
  let at = 0
  let hasNulls = false
  for (const data of dictionary.data) {
    const positions: number[] = []
    for (let i = 0; i < data.length; i++) {
      if (data.nullBitmap.length > 0 && !isSet(data.nullBitmap, i)) {
        hasNulls = true
        continue
      }
      positions.push(i)
      present[(entry + i) >> 3] = (present[(entry + i) >> 3] ?? 0) | (1 << ((entry + i) & 7))
    }
    const bytes = plainValues(data, leaf.layout, { start: 0, end: 0, positions: Int32Array.from(positions) })
    parts.push(bytes)
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    let read = 0
    for (let i = 0; i < data.length; i++) {
      offsets[entry + i] = at + read
      if (!isSet(present, entry + i)) continue
      read += leaf.layout.kind in byteKinds ? 4 + view.getUint32(read, true) : widthOf(leaf)
    }
    entry += data.length
    at += bytes.length
  }
  offsets[count] = at
  return { bytes: Buffer.concat(parts), offsets, present, hasNulls }
}

const byteKinds = { bytes: true, views: true, fixedBytes: true }

/** Cells of a dictionary-encoded column. Its dictionary may be replaced or extended between two batches. */
export interface DictionaryReader {
  /** Which cells are there: neither null themselves nor naming a null entry. Null: all. */
  presence: (data: Data) => Uint8Array | null
  values: (data: Data, cells: Cells) => Uint8Array
}

export function dictionaryReader(leaf: Leaf): DictionaryReader {
  const known = new WeakMap<Vector, Entries>()
  const entries = ({ dictionary }: Data): Entries => {
    if (!dictionary) throw malformed('a dictionary that its column names is missing.')
    const found = known.get(dictionary) ?? entriesOf(dictionary, leaf)
    known.set(dictionary, found)
    return found
  }
  const entryOf = (data: Data, { offsets }: Entries, position: number): number => {
    const entry = Number(data.values[position])
    if (!(entry >= 0 && entry < offsets.length - 1))
      throw malformed(`a cell names entry ${entry} of a dictionary of ${offsets.length - 1}.`)
    return entry
  }
  return {
    presence: (data) => {
      const own = data.nullBitmap.length > 0 ? data.nullBitmap : null
      const all = entries(data)
      if (!all.hasNulls) return own
      const bitmap = new Uint8Array((data.length + 7) >> 3)
      for (let i = 0; i < data.length; i++) {
        if (own && !isSet(own, i)) continue
        if (isSet(all.present, entryOf(data, all, i))) bitmap[i >> 3] = (bitmap[i >> 3] ?? 0) | (1 << (i & 7))
      }
      return bitmap
    },
    values: (data, cells) => {
      const all = entries(data)
      const count = countOf(cells)
      let size = 0
      const picked = new Int32Array(count)
      for (let i = 0; i < count; i++) {
        const entry = entryOf(data, all, cells.positions ? (cells.positions[i] ?? 0) : cells.start + i)
        picked[i] = entry
        size += (all.offsets[entry + 1] ?? 0) - (all.offsets[entry] ?? 0)
      }
      const out = new Uint8Array(size)
      let at = 0
      for (const entry of picked) {
        const to = all.offsets[entry + 1] ?? 0
        for (let from = all.offsets[entry] ?? 0; from < to; from++) out[at++] = all.bytes[from] ?? 0
      }
      return out
    },
  }
}
