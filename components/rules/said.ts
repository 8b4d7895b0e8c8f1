import { listOf, objectOf, oneOf, type Read, recordOf, text } from '@/components/forms/kept'
import type {
  CustomValues,
  FieldRules,
  GroupResource,
  NamingRules,
  PermittedUse,
} from '@/lib/registry/operations'

/** What a form has to know of the organisation's rules. */
export interface FormRules {
  naming: NamingRules
  fields: FieldRules
  domains: string[]
  makesDomains: boolean
}

/** What is said of a group beside its schema, as a form holds it: texts, and values of the organisation's fields. */
export const readSaid = objectOf({
  domain: text,
  /** One a line. */
  purposes: text,
  lawfulBasis: text,
  permittedUse: listOf(oneOf(['aggregate_only', 'no_reidentification'])),
  permittedUseNote: text,
  custom: recordOf(text),
})
export type Said = Read<typeof readSaid>

export const nothingSaid: Said = {
  domain: '',
  purposes: '',
  lawfulBasis: '',
  permittedUse: [],
  permittedUseNote: '',
  custom: {},
}

export const saidOf = (group: GroupResource): Said => ({
  domain: group.domain ?? '',
  purposes: group.purposes.join('\n'),
  lawfulBasis: group.lawful_basis ?? '',
  permittedUse: group.permitted_use,
  permittedUseNote: group.permitted_use_note ?? '',
  custom: Object.fromEntries(Object.entries(group.custom).map(([name, value]) => [name, String(value)])),
})

/** A text as the organisation's field wants it; what is no number is sent as it is, for the refusal to say so. */
function typedValue(type: FieldRules['custom_fields'][number]['type'] | undefined, text: string) {
  if (type === 'number') return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text
  if (type === 'yes_no') return text === 'true'
  return text.trim()
}

function customBody(custom: Said['custom'], { custom_fields: fields }: FieldRules): CustomValues {
  const typeOf = (name: string) => fields.find((field) => field.name === name)?.type
  return Object.fromEntries(
    Object.entries(custom)
      .filter(([, text]) => text !== '')
      .map(([name, text]) => [name, typedValue(typeOf(name), text)]),
  )
}

const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

/** The members of a group's body. An empty list of uses is stated only where one was chosen before. */
export const saidBody = (said: Said, rules: FieldRules) => ({
  domain: said.domain.trim() || null,
  purposes: linesOf(said.purposes),
  lawful_basis: said.lawfulBasis || null,
  permitted_use_note: said.permittedUseNote.trim() || null,
  custom: customBody(said.custom, rules),
})

export const permittedUseLabels: Record<PermittedUse, { label: string; hint: string }> = {
  aggregate_only: {
    label: 'Aggregates only',
    hint: 'Single values are read by nobody; transformations may aggregate them.',
  },
  no_reidentification: {
    label: 'No re-identification',
    hint: 'Never given together with a feature whose tags name a person (pii, direct_identifier).',
  },
}
