import { type classificationNames, isStricter } from './class-names'

type ClassName = (typeof classificationNames)[number]

/** Fields of a group that an organisation can make mandatory. */
export const groupFields = [
  'description',
  'feature_descriptions',
  'domain',
  'tags',
  'purposes',
  'lawful_basis',
  'cadence',
  'entity',
  'contract',
] as const
export type GroupField = (typeof groupFields)[number]

export const customTypes = ['text', 'number', 'yes_no', 'date', 'choice', 'link'] as const

interface MandatoryField {
  field: GroupField
  from: ClassName
}

/** What holds everywhere, whatever an organisation sets: a reviewer judges only what is explained and founded. */
export const alwaysMandatory: MandatoryField[] = [
  { field: 'purposes', from: 'confidential' },
  { field: 'lawful_basis', from: 'confidential' },
]

/** The loosest class from which each field is mandatory, by the organisation's rules and those that always hold. */
export function mandatoryFrom({
  mandatory,
}: {
  mandatory: readonly MandatoryField[]
}): Map<GroupField, ClassName> {
  const loosest = new Map<GroupField, ClassName>()
  for (const { field, from } of [...alwaysMandatory, ...mandatory]) {
    const known = loosest.get(field)
    if (known === undefined || isStricter(known, from)) loosest.set(field, from)
  }
  return loosest
}

/** Of an organisation that set none. */
export const noFieldRules = { mandatory: [], custom_fields: [] }
