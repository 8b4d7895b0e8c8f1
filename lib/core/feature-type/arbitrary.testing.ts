import fc from 'fast-check'
import { convertJson } from './convert'
import type { CanonicalValue, FeatureType } from './types'

const scalar = fc.constantFrom<FeatureType>(
  { kind: 'bool' },
  { kind: 'int32' },
  { kind: 'int64' },
  { kind: 'float32' },
  { kind: 'float64' },
  { kind: 'decimal', precision: 10, scale: 2 },
  { kind: 'decimal', precision: 38, scale: 0 },
  { kind: 'string' },
  { kind: 'bytes' },
  { kind: 'date' },
  { kind: 'timestamp' },
  { kind: 'json' },
)

/** Any type, arrays up to two levels. */
export const arbitraryType = (): fc.Arbitrary<FeatureType> =>
  fc.oneof(
    { weight: 4, arbitrary: scalar },
    scalar.map((element): FeatureType => ({ kind: 'array', element })),
    scalar.map((element): FeatureType => ({ kind: 'array', element: { kind: 'array', element } })),
    fc.constant<FeatureType>({ kind: 'embedding', dimension: 3, metric: 'l2' }),
  )

const text = fc.string({ unit: 'binary' }).filter((value) => !value.includes('\0'))
const leastMicros = -62_135_596_800_000_000n
const greatestMicros = 253_402_300_799_999_999n

/** Any canonical value of a type, null among them. */
export function arbitraryValue(type: FeatureType): fc.Arbitrary<CanonicalValue> {
  return fc.option(presentValue(type), { freq: 8 })
}

function presentValue(type: FeatureType): fc.Arbitrary<CanonicalValue> {
  switch (type.kind) {
    case 'bool':
      return fc.boolean()
    case 'int32':
      return fc.integer()
    case 'int64':
      return fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })
    case 'float32':
      return fc.oneof(fc.float(), fc.integer().map(Math.fround))
    case 'float64':
      return fc.oneof(fc.double(), fc.integer())
    case 'decimal':
      return fc
        .bigInt({ min: -(10n ** BigInt(type.precision)) + 1n, max: 10n ** BigInt(type.precision) - 1n })
        .map((unscaled) => scaled(unscaled, type.scale))
    case 'string':
      return text
    case 'bytes':
      return fc.uint8Array().map((bytes) => Buffer.from(bytes).toString('base64'))
    case 'date':
      return micros().map((value) => new Date(Number(value / 1000n)).toISOString().slice(0, 10))
    case 'timestamp':
      return micros()
    case 'json':
      return fc
        .oneof(fc.jsonValue(), fc.dictionary(text, fc.bigInt()))
        .map((value) => convertJson(type, value))
        .filter((result) => result.ok && result.value !== null)
        .map((result) => (result.ok ? result.value : null))
    case 'array':
      return fc.array(arbitraryValue(type.element), { maxLength: 4 })
    case 'embedding':
      return fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), {
        minLength: type.dimension,
        maxLength: type.dimension,
      })
  }
}

const micros = () => fc.bigInt({ min: leastMicros, max: greatestMicros })

function scaled(unscaled: bigint, scale: number): string {
  if (scale === 0) return String(unscaled)
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, '0')
  return `${unscaled < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}
