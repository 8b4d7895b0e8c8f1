import type { FeatureType } from '@/lib/core/feature-type'
import { exactParquet } from './protocol'

const holdsFloat = (type: FeatureType): boolean =>
  type.kind === 'array'
    ? holdsFloat(type.element)
    : type.kind === 'float32' || type.kind === 'float64' || type.kind === 'embedding'

/** The options under which a file of columns of these types holds each value bit for bit. */
export const parquetOptions = (columns: readonly { type: FeatureType }[]): string =>
  `${columns.some(({ type }) => holdsFloat(type)) ? exactParquet : 'FORMAT parquet'}, COMPRESSION zstd`
