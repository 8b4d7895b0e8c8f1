import type { FieldRules, GroupField } from '@/lib/registry/operations'
import { classificationNames, mandatoryFrom } from '@/lib/registry/plain'

const names: readonly string[] = classificationNames
const strictness = (name: string) => names.indexOf(name)

const reaches = (from: string | null | undefined, classification: string) =>
  from !== null && from !== undefined && strictness(classification) >= strictness(from)

/** Whether a field has to be filled before a group of this class, its features included, is submitted. */
export const isMandatory = (rules: FieldRules, field: GroupField, classification: string): boolean =>
  reaches(mandatoryFrom(rules).get(field), classification)

export const isCustomMandatory = (
  { required_from }: FieldRules['custom_fields'][number],
  classification: string,
): boolean => reaches(required_from, classification)

/** The strictest of the classes; what is none counts as the loosest. */
export const strictestClass = (classes: readonly (string | undefined)[]): string =>
  classificationNames[Math.max(0, ...classes.map((one) => strictness(one ?? '')))] ?? 'public'

/** The first feature that is stricter than its group and as strict as any: why more is asked of it. Null: none is. */
export function strictestFeature(
  group: string | undefined,
  features: readonly { name: string; classification: string | null | undefined }[],
): string | null {
  const strictest = strictestClass([
    group,
    ...features.map(({ classification }) => classification ?? undefined),
  ])
  if (strictestClass([group]) === strictest) return null
  return features.find(({ classification }) => classification === strictest)?.name ?? null
}

/** Purpose and lawful basis that a group of this class needs and does not say. */
export const missingPurpose = (
  rules: FieldRules,
  said: { purposes: string; lawfulBasis: string },
  classification: string,
): ('purposes' | 'lawful_basis')[] => {
  const stated = { purposes: said.purposes.trim(), lawful_basis: said.lawfulBasis }
  return (['purposes', 'lawful_basis'] as const).filter(
    (field) => stated[field] === '' && isMandatory(rules, field, classification),
  )
}
