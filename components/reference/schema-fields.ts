/** One member of a body or answer, as a line of a table. */
export interface SchemaField {
  /** Path from the top: `features[].name`. */
  path: string
  type: string
  required: boolean
  description: string
  /** What a value must keep: choices, bounds, default. */
  limits: string[]
}

export type Json = Record<string, unknown>

export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const jsonOf = (value: unknown): Json => (isJson(value) ? value : {})
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** The alternatives of a schema; itself when it has none. */
function alternatives(schema: Json): Json[] {
  const any = [...listOf(schema.anyOf), ...listOf(schema.oneOf)]
  return any.length === 0 ? [schema] : any.map(jsonOf).flatMap(alternatives)
}

function plainType(schema: Json): string {
  if ('const' in schema) return JSON.stringify(schema.const)
  if (Array.isArray(schema.type)) return schema.type.join(' or ')
  const type = textOf(schema.type)
  if (type === 'array') {
    const items = schema.prefixItems ? listOf(schema.prefixItems).map(jsonOf) : [jsonOf(schema.items)]
    return `array of ${[...new Set(items.map(typeText))].join(' and ')}`
  }
  if (type === 'object' && isJson(schema.additionalProperties) && !schema.properties)
    return `object of ${typeText(schema.additionalProperties)}`
  return type === '' ? (Array.isArray(schema.enum) ? 'string' : 'any') : type
}

/** A schema's type in words: "string or null", "array of object". */
export const typeText = (schema: Json): string =>
  [...new Set(alternatives(schema).map(plainType))].join(' or ')

const bounds: readonly { name: string; words: string; noun?: string }[] = [
  { name: 'minimum', words: 'at least' },
  { name: 'maximum', words: 'at most' },
  { name: 'minLength', words: 'at least', noun: 'character' },
  { name: 'maxLength', words: 'at most', noun: 'character' },
  { name: 'minItems', words: 'at least', noun: 'item' },
  { name: 'maxItems', words: 'at most', noun: 'item' },
]

/** A bound in words; empty when it says nothing, as what any safe integer or any text keeps. */
function boundWords(schema: Json, { name, words, noun }: (typeof bounds)[number]): string[] {
  const value = schema[name]
  if (typeof value !== 'number' || Math.abs(value) >= Number.MAX_SAFE_INTEGER) return []
  if (noun === undefined) return [`${words} ${value}`]
  return value === 0 ? [] : [`${words} ${value} ${noun}${value === 1 ? '' : 's'}`]
}

/** What a value must keep: choices, bounds, format, default. */
export function limitsOf(schema: Json): string[] {
  const own = alternatives(schema).flatMap((one) => [
    ...(Array.isArray(one.enum) ? [`one of ${one.enum.map(String).join(', ')}`] : []),
    ...bounds.flatMap((bound) => boundWords(one, bound)),
    ...(textOf(one.format) === '' ? [] : [`format ${textOf(one.format)}`]),
  ])
  const items = isJson(schema.items) ? limitsOf(schema.items) : []
  const initial = schema.default === undefined ? [] : [`default ${JSON.stringify(schema.default)}`]
  return [...new Set([...own, ...items, ...initial])]
}

const deepest = 5

/** The members of a schema, nested ones after their parent; empty for anything that is no object. */
export function fieldsOf(schema: Json, prefix = '', depth = 0): SchemaField[] {
  if (depth > deepest) return []
  return alternatives(schema).flatMap((one) => {
    if (isJson(one.items)) return fieldsOf(one.items, `${prefix}[]`, depth + 1)
    const required = new Set(listOf(one.required).map(String))
    return Object.entries(jsonOf(one.properties)).flatMap(([name, member]) => {
      const value = jsonOf(member)
      const path = prefix === '' ? name : `${prefix}.${name}`
      const field = {
        path,
        type: typeText(value),
        required: required.has(name),
        description: textOf(value.description),
        limits: limitsOf(value),
      }
      return [field, ...fieldsOf(value, path, depth + 1)]
    })
  })
}
