import { invalid, invalidField } from '@/lib/core/errors'
import { formatFeatureType } from '@/lib/core/feature-type'
import type { Column, DuckDbSpine } from '@/lib/offline'

/** A spine whose columns are typed already: it brings every key in its own type, and its timestamp. */
export function typedSpine(
  relation: string,
  columns: Column[],
  timestampColumn: string,
  keys: readonly Column[],
): DuckDbSpine {
  const byName = new Map(columns.map((column) => [column.name, column]))
  const wanted: Column[] = [...keys, { name: timestampColumn, type: { kind: 'timestamp' } }]
  const lacking = wanted.filter(({ name }) => !byName.has(name))
  if (lacking.length > 0) {
    throw invalid(
      `The spine lacks ${lacking.map(({ name }) => `\`${name}\``).join(', ')}. It has ${columns.map(({ name }) => `\`${name}\``).join(', ')}.`,
      lacking.map(({ name }) => ({
        pointer: name === timestampColumn ? '/timestamp_column' : '/join_keys',
        reason: `The spine has no column \`${name}\`; say with join_keys how it is called there`,
        code: 'required',
        column: name,
      })),
    )
  }
  for (const { name, type } of wanted) {
    const present = byName.get(name)
    if (!present || formatFeatureType(present.type) === formatFeatureType(type)) continue
    const types = `${formatFeatureType(present.type)}, and ${formatFeatureType(type)} is needed`
    throw invalidField('/spine', `Spine column \`${name}\` is ${types}.`, 'key_type')
  }
  return {
    path: '',
    format: 'parquet',
    columns,
    timestampColumn,
    rows: 0,
    relation,
    dispose: async () => {},
  }
}
