import {
  Binary,
  Bool,
  type DataType,
  DateDay,
  Decimal,
  Field,
  Float32,
  Float64,
  Int32,
  Int64,
  List,
  Schema,
  TimestampMicrosecond,
  Utf8,
} from 'apache-arrow'
import type { FeatureType } from '@/lib/core/feature-type'

/** The Arrow type of a feature: times are UTC with microseconds, json is its text, an embedding a list of floats. */
export function arrowType(type: FeatureType): DataType {
  switch (type.kind) {
    case 'bool':
      return new Bool()
    case 'int32':
      return new Int32()
    case 'int64':
      return new Int64()
    case 'float32':
      return new Float32()
    case 'float64':
      return new Float64()
    case 'decimal':
      return new Decimal(type.scale, type.precision, 128)
    case 'string':
    case 'json':
      return new Utf8()
    case 'bytes':
      return new Binary()
    case 'date':
      return new DateDay()
    case 'timestamp':
      return new TimestampMicrosecond('UTC')
    case 'array':
      return new List(new Field('item', arrowType(type.element), true))
    case 'embedding':
      return new List(new Field('item', new Float32(), true))
  }
}

export const arrowSchema = (columns: readonly { name: string; type: FeatureType }[]): Schema =>
  new Schema(columns.map(({ name, type }) => new Field(name, arrowType(type), true)))
