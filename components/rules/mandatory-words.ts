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
