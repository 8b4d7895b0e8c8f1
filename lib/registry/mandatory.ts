import { z } from 'zod'
import type { FieldError } from '@/lib/core/errors'
import { isStricter } from './class-names'
import { classificationNames, nameSchema, textSchema } from './fields'
import { lawfulBases } from './lawful-bases'
import { customTypes, type GroupField, groupFields, mandatoryFrom } from './mandatory-fields'

export * from './lawful-bases'
export * from './mandatory-fields'

export const lawfulBasisSchema = z.enum(lawfulBases)

export const purposesSchema = z
  .array(textSchema(200, 1).transform((text) => text.trim()))
  .max(20)
  .transform((purposes) => [...new Set(purposes)].filter((purpose) => purpose !== ''))

const classSchema = z.enum(classificationNames)
type ClassName = z.output<typeof classSchema>

const customFieldSchema = z
  .strictObject({
    name: nameSchema,
    label: textSchema(80, 1),
    type: z.enum(customTypes),
    choices: z.array(textSchema(100, 1)).max(100).default([]),
    help: textSchema(300).default(''),
    required_from: classSchema
      .nullable()
      .default(null)
      .describe('The loosest class that needs it; null: none.'),
  })
  .refine(({ type, choices }) => (type === 'choice') === choices.length > 0, {
    message: 'a choice needs its choices, and nothing else has any',
    path: ['choices'],
  })
export type CustomField = z.output<typeof customFieldSchema>

export const fieldRulesSchema = z.strictObject({
  mandatory: z
    .array(z.strictObject({ field: z.enum(groupFields), from: classSchema }))
    .max(50)
    .default([])
    .describe('Each field with the loosest class that needs it.'),
  custom_fields: z
    .array(customFieldSchema)
    .max(50)
    .refine((fields) => new Set(fields.map(({ name }) => name)).size === fields.length, 'names must differ')
    .default([]),
})
export type FieldRules = z.output<typeof fieldRulesSchema>

export const customSchema = z.record(
  z.string().max(63),
  z.union([textSchema(2000), z.number(), z.boolean()], { error: 'must be a text, a number, true or false' }),
)
export type CustomValues = z.output<typeof customSchema>

/** What is looked at. `classification` is the strictest among the group and its features. */
export interface StatedFields {
  classification: ClassName
  description: string
  domain: string | null
  tags: string[]
  purposes: string[]
  lawful_basis: string | null
  cadence: string | null
  entity: string | null
  custom: CustomValues
  features: { name: string; description: string; contract?: unknown }[]
}

const isEmpty = (value: unknown) =>
  value === null ||
  value === undefined ||
  (typeof value === 'string' && value.trim() === '') ||
  (Array.isArray(value) && value.length === 0)

const applies = (from: ClassName, classification: ClassName) => !isStricter(from, classification)

const fieldWords: Record<GroupField, string> = {
  description: 'A description',
  feature_descriptions: 'A description of each feature',
  domain: 'A domain',
  tags: 'At least one tag',
  purposes: 'At least one purpose',
  lawful_basis: 'A lawful basis',
  cadence: 'How often rows arrive (cadence)',
  entity: 'An entity',
  contract: 'A contract on at least one feature',
}

function absentFeatures(stated: StatedFields, reason: string): FieldError[] {
  return stated.features.flatMap(({ name, description }, at) =>
    isEmpty(description)
      ? [{ pointer: `/features/${at}/description`, reason: `\`${name}\`: ${reason}`, code: 'required' }]
      : [],
  )
}

function absent(field: GroupField, stated: StatedFields, reason: string): FieldError[] {
  if (field === 'feature_descriptions') return absentFeatures(stated, reason)
  if (field === 'contract') {
    const some = stated.features.some(({ contract }) => contract !== null && contract !== undefined)
    return some ? [] : [{ pointer: '/features', reason, code: 'required' }]
  }
  return isEmpty(stated[field]) ? [{ pointer: `/${field}`, reason, code: 'required' }] : []
}

/** Mandatory fields that are not filled, as the problem document lists them. Looked at when a version is submitted. */
export function missingFields(rules: FieldRules, stated: StatedFields): FieldError[] {
  const { classification } = stated
  const own = [...mandatoryFrom(rules)].flatMap(([field, from]) =>
    applies(from, classification)
      ? absent(field, stated, `${fieldWords[field]} is needed from class ${from} up.`)
      : [],
  )
  const custom = rules.custom_fields.flatMap(({ name, label, required_from: from }): FieldError[] =>
    from !== null && applies(from, classification) && isEmpty(stated.custom[name])
      ? [
          {
            pointer: `/custom/${name}`,
            reason: `${label} is needed from class ${from} up.`,
            code: 'required',
          },
        ]
      : [],
  )
  return [...own, ...custom]
}

const day = /^\d{4}-\d\d-\d\d$/

function customFault({ type, choices }: CustomField, value: string | number | boolean): string | null {
  if (type === 'number') return typeof value === 'number' ? null : 'must be a number'
  if (type === 'yes_no') return typeof value === 'boolean' ? null : 'must be true or false'
  if (typeof value !== 'string') return 'must be a text'
  if (value === '') return null
  if (type === 'choice') return choices.includes(value) ? null : `must be one of ${choices.join(', ')}`
  if (type === 'date')
    return day.test(value) && !Number.isNaN(Date.parse(value)) ? null : 'must be a date, such as 2026-05-03'
  if (type === 'link') return /^https?:\/\/\S+$/.test(value) ? null : 'must be an address, https://…'
  return null
}

/** Values of fields that the organisation does not define, or that do not fit. Values that stood before may stay. */
export function customFaults(
  { custom_fields: fields }: FieldRules,
  values: CustomValues,
  before: CustomValues = {},
): FieldError[] {
  return Object.entries(values).flatMap(([name, value]) => {
    const field = fields.find((one) => one.name === name)
    const pointer = `/custom/${name}`
    if (!field) {
      if (before[name] === value) return []
      return [{ pointer, reason: `The organisation defines no field \`${name}\`.`, code: 'unknown_member' }]
    }
    const reason = customFault(field, value)
    return reason ? [{ pointer, reason: `${field.label} ${reason}.`, code: 'invalid' }] : []
  })
}
