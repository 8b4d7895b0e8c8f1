import type { Values } from '@/components/edit/merge'
import { parseJson, stringifyJson } from '@/lib/core/json'
import type { SourceResource } from '@/lib/registry/operations'
import { configBody, configFields, type SourceKindName, sourceKindNames } from './source-config'

export const kindOfSource = ({ kind }: SourceResource): SourceKindName =>
  sourceKindNames.find((one) => one === kind) ?? 'push'

const isListText = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string' && !one.includes(','))

/** A member of the configuration as its field holds it; null: no field can, it is kept as it is. */
function fieldText(value: unknown, isList: boolean): string | null {
  if (isList) return isListText(value) ? value.join(', ') : null
  return typeof value === 'string' ? value : null
}

/** What is said of a source, by field; what has no field stands as JSON below `config.`, so that it is kept. */
export function valuesOfSource(source: SourceResource): Record<string, string> {
  const fields = configFields[kindOfSource(source)]
  const config = Object.entries(source.config).map(([name, value]) => {
    const field = fields.find((one) => one.name === name)
    const text = field ? fieldText(value, field.list ?? false) : null
    return text === null ? [`config.${name}.json`, stringifyJson(value)] : [`config.${name}`, text]
  })
  return {
    description: source.description,
    ...Object.fromEntries(fields.map(({ name, options }) => [`config.${name}`, options?.[0] ?? ''])),
    ...Object.fromEntries(config),
    freshness: source.freshness ?? '',
    owner_team: source.owner_team,
  }
}

/** The values of the fields of the configuration by their own names. */
export const configValues = (values: Values): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([field, text]) =>
      field.startsWith('config.') && !field.endsWith('.json') ? [[field.slice('config.'.length), text]] : [],
    ),
  )

/** Members of the configuration for which there is no field. */
export const keptMembers = (values: Values): string[] =>
  Object.keys(values).flatMap((field) => /^config\.(.+)\.json$/.exec(field)?.[1] ?? [])

/** All members of the PATCH of a source: the configuration is one of them, whole. */
export function sourceBody(values: Values, kind: SourceKindName): Record<string, unknown> {
  const kept = keptMembers(values).map((name) => [name, parseJson(values[`config.${name}.json`] ?? 'null')])
  return {
    description: (values.description ?? '').trim(),
    config: { ...Object.fromEntries(kept), ...configBody(kind, configValues(values)) },
    freshness: values.freshness?.trim() || null,
    owner_team: values.owner_team,
  }
}
