import type { Values } from '@/components/edit/merge'
import { parseJson, stringifyJson } from '@/lib/core/json'
import type { GroupResource } from '@/lib/registry/operations'

/** The words of what a version fixes beside its features, by field. */
export const definitionWords = {
  primary_key: 'Order of the keys',
  timestamp_key: 'Event time column',
  ttl: 'Values are good for',
  online: 'Served online',
  source: 'Data source',
  'transformation.sql': 'SQL',
  'transformation.inputs': 'Inputs',
  'transformation.schedule': 'Runs on a schedule',
  'transformation.on_new_data': 'Runs when an input has new data',
  'transformation.interval': 'Grid of event times',
  'transformation.lookback': 'Looks back',
  'transformation.tests': 'Tests',
} as const
export type DefinitionField = keyof typeof definitionWords

const definitionFields = Object.keys(definitionWords).filter(
  (field): field is DefinitionField => field in definitionWords,
)

/** A registered source by its name; one that was stated in place has none, and stays as it is. */
const sourceName = ({ kind, name }: GroupResource['source']): string => {
  if (kind !== 'group' && typeof name === 'string') return name
  return kind === 'push' ? 'push' : ''
}

/** What a version fixes beside its features, as texts. */
export function valuesOfDefinition(group: GroupResource): Record<DefinitionField, string> {
  const { transformation } = group
  const runsOnNewData = transformation?.on_new_data
  return {
    primary_key: group.primary_key.join(', '),
    timestamp_key: group.timestamp_key,
    ttl: group.ttl ?? '',
    online: String(group.online),
    source: sourceName(group.source),
    'transformation.sql': transformation?.sql ?? '',
    'transformation.inputs': transformation?.inputs.join(', ') ?? '',
    'transformation.schedule': transformation?.schedule ?? '',
    'transformation.on_new_data': runsOnNewData === undefined ? '' : String(runsOnNewData),
    'transformation.interval': transformation?.interval ?? '',
    'transformation.lookback': transformation?.lookback ?? '',
    'transformation.tests': transformation?.tests ? stringifyJson(transformation.tests, 2) : '',
  }
}

const namesIn = (text = '') => text.split(/[\s,]+/).filter((name) => name !== '')

function parsedTests(text: string): { tests: unknown; fault: string | undefined } {
  try {
    return { tests: parseJson(text), fault: undefined }
  } catch (error) {
    // The registry refuses the text as it stands; the words say where it ends to be JSON.
    return { tests: text, fault: error instanceof Error ? error.message : String(error) }
  }
}

/** Why the tests are no JSON; undefined where they are. */
export const testsFault = (text = ''): string | undefined =>
  text.trim() === '' ? undefined : parsedTests(text).fault

/** The names of the tests that stand in the text. */
export function testNames(text = ''): string[] {
  const { tests } = parsedTests(text.trim() || '[]')
  return Array.isArray(tests)
    ? tests.flatMap((test: unknown) =>
        typeof test === 'object' && test !== null && 'name' in test ? [String(test.name)] : [],
      )
    : []
}

function transformationBody(values: Values): object | null {
  const value = (field: string) => (values[`transformation.${field}`] ?? '').trim()
  if (value('sql') === '') return null
  const stated = (field: string) => (value(field) === '' ? {} : { [field]: value(field) })
  return {
    sql: values['transformation.sql'],
    inputs: namesIn(value('inputs')),
    ...stated('schedule'),
    ...(value('on_new_data') === '' ? {} : { on_new_data: value('on_new_data') === 'true' }),
    ...stated('interval'),
    ...stated('lookback'),
    ...(value('tests') === '' ? {} : { tests: parsedTests(value('tests')).tests }),
  }
}

/** The members of `POST …/versions` that differ from what the change is made on; what it leaves out stays. */
export function definitionBody(values: Values, base: Values): Record<string, unknown> {
  const differs = (field: string) =>
    values[field] !== undefined && values[field].trim() !== (base[field] ?? '').trim()
  const some = definitionFields.some((field) => field.startsWith('transformation.') && differs(field))
  const text = (field: DefinitionField) => (values[field] ?? '').trim()
  return {
    ...(differs('primary_key') ? { primary_key: namesIn(values.primary_key) } : {}),
    ...(differs('timestamp_key') ? { timestamp_key: text('timestamp_key') } : {}),
    ...(differs('ttl') ? { ttl: text('ttl') || null } : {}),
    ...(differs('online') ? { online: text('online') === 'true' } : {}),
    ...(differs('source') && text('source') !== '' ? { source: text('source') } : {}),
    ...(some ? { transformation: transformationBody(values) } : {}),
  }
}
