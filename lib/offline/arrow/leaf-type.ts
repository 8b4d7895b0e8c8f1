import { DataType, type Decimal, type Timestamp, TimeUnit } from 'apache-arrow'
import { type LeafType, physical } from './parquet-file'

/** How values of an Arrow type are laid out in the file: what is copied, widened or turned on the way. */
export type Layout =
  | { kind: 'copy'; width: number }
  /** Integers that are widened to `to` bytes. */
  | { kind: 'widen'; from: number; signed: boolean; to: number }
  | { kind: 'half' }
  | { kind: 'bits' }
  | { kind: 'bytes'; isText: boolean }
  | { kind: 'views'; isText: boolean }
  | { kind: 'fixedBytes'; width: number }
  /** Seconds become milliseconds. */
  | { kind: 'instant'; isSeconds: boolean; perSecond: number }
  | { kind: 'decimal'; width: number }
  | { kind: 'nothing' }

export interface Leaf {
  type: LeafType
  layout: Layout
}

const utf8 = 0
const date = 6
const milliseconds = 9
const microseconds = 10
const unsigned64 = 14
const decimal = 5

function integer(width: number, signed: boolean): Leaf {
  if (width === 64) {
    return {
      type: { physical: physical.int64, ...(signed ? {} : { converted: unsigned64 }) },
      layout: { kind: 'copy', width: 8 },
    }
  }
  if (width === 32 && signed)
    return { type: { physical: physical.int32 }, layout: { kind: 'copy', width: 4 } }
  const to = width === 32 ? 8 : 4
  return {
    type: { physical: to === 8 ? physical.int64 : physical.int32 },
    layout: { kind: 'widen', from: width / 8, signed, to },
  }
}

function float(bits: number): Leaf {
  if (bits === 64) return { type: { physical: physical.double }, layout: { kind: 'copy', width: 8 } }
  const type = { physical: physical.float }
  return bits === 32 ? { type, layout: { kind: 'copy', width: 4 } } : { type, layout: { kind: 'half' } }
}

/** An Arrow instant with a zone counts from 1970 UTC, one without is taken as UTC: the number is the same. */
function instant({ unit }: Timestamp): Leaf {
  const type = { physical: physical.int64 }
  switch (unit) {
    case TimeUnit.SECOND:
      return {
        type: { ...type, converted: milliseconds },
        layout: { kind: 'instant', isSeconds: true, perSecond: 1 },
      }
    case TimeUnit.MILLISECOND:
      return {
        type: { ...type, converted: milliseconds },
        layout: { kind: 'instant', isSeconds: false, perSecond: 1e3 },
      }
    case TimeUnit.MICROSECOND:
      return {
        type: { ...type, converted: microseconds },
        layout: { kind: 'instant', isSeconds: false, perSecond: 1e6 },
      }
    default:
      return { type: { ...type, nanoseconds: true }, layout: { kind: 'copy', width: 8 } }
  }
}

function decimals({ precision, scale, bitWidth }: Decimal): Leaf | null {
  if (scale < 0 || scale > precision || precision > 38 || bitWidth > 128) return null
  const width = bitWidth / 8
  return {
    type: { physical: physical.fixed, length: width, converted: decimal, scale, precision },
    layout: { kind: 'decimal', width },
  }
}

function bytes(type: DataType): Leaf | null {
  const isText = DataType.isUtf8(type) || DataType.isLargeUtf8(type) || DataType.isUtf8View(type)
  const leaf = { physical: physical.byteArray, ...(isText ? { converted: utf8 } : {}) }
  if (DataType.isUtf8View(type) || DataType.isBinaryView(type))
    return { type: leaf, layout: { kind: 'views', isText } }
  if (isText || DataType.isBinary(type) || DataType.isLargeBinary(type))
    return { type: leaf, layout: { kind: 'bytes', isText } }
  if (DataType.isFixedSizeBinary(type))
    return { type: leaf, layout: { kind: 'fixedBytes', width: type.byteWidth } }
  return null
}

/** How a value of an Arrow type is written; null for a type that no feature can be made of. */
export function leafOf(type: DataType): Leaf | null {
  if (DataType.isNull(type)) return { type: { physical: physical.int32 }, layout: { kind: 'nothing' } }
  if (DataType.isBool(type)) return { type: { physical: physical.boolean }, layout: { kind: 'bits' } }
  if (DataType.isInt(type)) return integer(type.bitWidth, type.isSigned)
  if (DataType.isFloat(type)) return float([16, 32, 64][type.precision] ?? 64)
  if (DataType.isTimestamp(type)) return instant(type)
  if (DataType.isDecimal(type)) return decimals(type)
  if (DataType.isDate(type)) {
    // A day counted in milliseconds may hold a part of one: as an instant it is checked like any other.
    return type.unit === 0
      ? { type: { physical: physical.int32, converted: date }, layout: { kind: 'copy', width: 4 } }
      : {
          type: { physical: physical.int64, converted: milliseconds },
          layout: { kind: 'instant', isSeconds: false, perSecond: 1e3 },
        }
  }
  return bytes(type)
}
