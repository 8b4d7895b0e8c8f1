import type { Values } from '@/components/edit/merge'
import { listOf, objectOf, orNull, type Reader, readKept, text } from '@/components/forms/kept'
import { groupFields } from '@/lib/registry/plain'
import type { SettingResource } from '@/lib/settings/operations'
import { linesOf, linesText, wordsOf } from './lines'

/** How a setting stands in its form, by part, and back. */
export interface SettingForm {
  valuesOf: (setting: SettingResource) => Record<string, string>
  valueOf: (values: Values) => unknown
}

const naming = objectOf({
  patterns: listOf(objectOf({ kinds: listOf(text), pattern: text, explanation: text })),
  team_prefixes: listOf(objectOf({ team: text, prefix: text, kinds: listOf(text) })),
  reserved: listOf(text),
})
const fieldRules = objectOf({
  mandatory: listOf(objectOf({ field: text, from: text })),
  custom_fields: listOf(
    objectOf({
      name: text,
      label: text,
      type: text,
      choices: listOf(text),
      required_from: orNull(text),
      help: text,
    }),
  ),
})

/** @throws TypeError: a form that shows less than what is set would take the rest away. */
function valueAs<T>(reader: Reader<T>, value: unknown): T {
  const read = readKept(reader)(value)
  if (read === null) throw new TypeError('The setting is not of the shape that its form shows.')
  return read
}

export const namingForm: SettingForm = {
  valuesOf: ({ value }) => {
    const rules = valueAs(naming, value)
    return {
      patterns: linesText(
        rules.patterns.map(({ kinds, pattern, explanation }) => ({
          kinds: kinds.join(' '),
          pattern,
          explanation,
        })),
      ),
      team_prefixes: linesText(
        rules.team_prefixes.map(({ team, prefix, kinds }) => ({ team, prefix, kinds: kinds.join(' ') })),
      ),
      reserved: rules.reserved.join(' '),
    }
  },
  valueOf: (values) => ({
    patterns: linesOf(values.patterns).map((line) => ({ ...line, kinds: wordsOf(line.kinds) })),
    team_prefixes: linesOf(values.team_prefixes).map((line) => ({ ...line, kinds: wordsOf(line.kinds) })),
    reserved: wordsOf(values.reserved),
  }),
}

const mandatoryPrefix = 'mandatory.'

export const fieldsForm: SettingForm = {
  valuesOf: ({ value }) => {
    const rules = valueAs(fieldRules, value)
    const fromOf = (field: string) => rules.mandatory.find((one) => one.field === field)?.from ?? ''
    return {
      ...Object.fromEntries(groupFields.map((field) => [mandatoryPrefix + field, fromOf(field)])),
      custom_fields: linesText(
        rules.custom_fields.map((field) => ({
          name: field.name,
          label: field.label,
          type: field.type,
          choices: field.choices.join(', '),
          required_from: field.required_from ?? '',
          help: field.help,
        })),
      ),
    }
  },
  valueOf: (values) => ({
    mandatory: groupFields.flatMap((field) => {
      const from = values[mandatoryPrefix + field] ?? ''
      return from === '' ? [] : [{ field, from }]
    }),
    custom_fields: linesOf(values.custom_fields).map((line) => ({
      ...line,
      choices: (line.choices ?? '')
        .split(',')
        .map((choice) => choice.trim())
        .filter((choice) => choice !== ''),
      required_from: line.required_from || null,
    })),
  }),
}

/** Any other setting, as the JSON that the interface takes. */
export const jsonForm: SettingForm = {
  valuesOf: ({ value }) => ({ value: JSON.stringify(value, null, 2) }),
  // A text that is no JSON is sent as it is: the refusal says what is wanted.
  valueOf: ({ value = '' }) => {
    try {
      return JSON.parse(value)
    } catch {
      return value
    }
  },
}
