import { namePattern } from '@/lib/core/name-pattern'

export interface FeatureReference {
  group: string
  /** Major version; null: the promoted one. */
  version: number | null
  feature: string
}

export interface GroupReference {
  group: string
  version: number | null
}

const greatestMajor = 2_147_483_647

/** Reads `group` or `group@2`; null when the text is neither. */
export function parseGroupReference(text: string): GroupReference | null {
  const [group, version, ...rest] = text.split('@')
  if (!group || rest.length > 0 || !namePattern.test(group)) return null
  if (version === undefined) return { group, version: null }
  if (!/^[1-9]\d{0,9}$/.test(version) || Number(version) > greatestMajor) return null
  return { group, version: Number(version) }
}

/** Reads `group:feature` or `group@2:feature`; null when the text is neither. */
export function parseFeatureReference(text: string): FeatureReference | null {
  const [left, feature, ...rest] = text.split(':')
  if (!left || !feature || rest.length > 0 || !namePattern.test(feature)) return null
  const group = parseGroupReference(left)
  return group && { ...group, feature }
}
