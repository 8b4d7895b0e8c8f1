import { engineType, type FeatureType } from '@/lib/core/feature-type'
import { convertSource } from './convert-source'
import type { SourceType } from './source-type'

const textual = new Set<FeatureType['kind']>(['string', 'json', 'bytes'])

/**
 * Whether a SELECT's column of this type can hold values of the feature's type at all. A text is no number, though a
 * file's may be one: whoever writes SQL can cast.
 */
export function canBecome(source: SourceType, type: FeatureType): boolean {
  if (source.kind === 'text') return textual.has(type.kind)
  return convertSource(source, type, 'x').value !== `CAST(NULL AS ${engineType(type)})`
}
