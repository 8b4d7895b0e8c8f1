/** How the value of a field is written down in a form. */
type Writing = 'text' | 'number' | 'flag' | 'list'

const numbers = new Set(['min', 'max', 'max_null_share'])
const flags = new Set(['nullable', 'unique', 'online'])
const lists = new Set(['tags', 'allowed'])

const lastOf = (field: string) => field.slice(field.lastIndexOf('.') + 1)

export function writingOf(field: string): Writing {
  const last = lastOf(field)
  if (numbers.has(last)) return 'number'
  if (flags.has(last)) return 'flag'
  return lists.has(last) ? 'list' : 'text'
}

/** What stands there, as the form would have it typed. */
export function typedText(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.join(', ')
  return String(value)
}

/** A member of what stands at a line, `contract.min` of a feature among them; undefined where there is none. */
export const memberOf = (whole: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined),
      whole,
    )

/** The value that a typed text means for a field; empty takes it away, null is no value for it. */
export function suggestedValue(field: string, typed: string): { value: unknown } | null {
  const text = typed.trim()
  const writing = writingOf(field)
  if (writing === 'list')
    return {
      value: text
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    }
  if (text === '') return { value: null }
  if (writing === 'text') return { value: text }
  if (writing === 'flag') return text === 'true' || text === 'false' ? { value: text === 'true' } : null
  const number = Number(text)
  return Number.isFinite(number) ? { value: number } : null
}

/** What a feature is made of, as far as a suggestion can change it. */
const featureMembers = [
  'description',
  'name',
  'type',
  'expression',
  'classification',
  'tags',
  'contract.min',
  'contract.max',
  'contract.allowed',
  'contract.pattern',
  'contract.nullable',
  'contract.max_null_share',
  'contract.unique',
]
const versionMembers = ['ttl', 'source_delay', 'allowed_skew', 'online', 'timestamp_key']

/** Where an edit can be suggested: the line itself, or for a whole feature each of its members. */
export function suggestible(field: string): string[] {
  const [head, name, member] = field.split('.')
  if (field === 'description' || field === 'transformation' || versionMembers.includes(field)) return [field]
  if (head !== 'features' || name === undefined) return []
  if (member === undefined) return featureMembers.map((one) => `features.${name}.${one}`)
  const rest = field.slice(`features.${name}.`.length)
  return featureMembers.includes(rest) ? [field] : []
}
