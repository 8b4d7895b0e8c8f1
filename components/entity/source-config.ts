/** What a source of each kind says of where it is, and the words for it. */
export const sourceKindLabels = {
  push: 'Push: rows are sent here',
  file: 'File below sources/',
  table: 'Table of a PostgreSQL database',
  bucket: 'Bucket',
  topic: 'Topic',
} as const
export type SourceKindName = keyof typeof sourceKindLabels
export const sourceKindNames: SourceKindName[] = ['push', 'file', 'table', 'bucket', 'topic']

interface ConfigField {
  name: string
  label: string
  hint?: string
  placeholder?: string
  optional?: boolean
  options?: readonly string[]
  list?: boolean
}

const timeColumn: ConfigField = {
  name: 'timestamp_column',
  label: 'Column of event times',
  hint: 'So that only what is new is read.',
  optional: true,
}

export const configFields: Record<SourceKindName, readonly ConfigField[]> = {
  push: [],
  file: [
    {
      name: 'path',
      label: 'Path',
      hint: 'Relative to sources/ of the installation; * stands for any name.',
      placeholder: 'orders/*.parquet',
    },
    { name: 'format', label: 'Format', options: ['parquet', 'csv', 'ndjson'] },
    timeColumn,
  ],
  table: [
    {
      name: 'connection',
      label: 'Connection',
      hint: 'The name under which an administrator has connected the database.',
    },
    { name: 'schema', label: 'Schema', placeholder: 'public', optional: true },
    { name: 'table', label: 'Table or view' },
    {
      name: 'columns',
      label: 'Columns',
      hint: 'Separated by commas; all of them when empty.',
      optional: true,
      list: true,
    },
    timeColumn,
    {
      name: 'updated_column',
      label: 'Column that tells the last change',
      hint: 'Late rows are seen by it; beside a column of event times only.',
      optional: true,
    },
  ],
  bucket: [{ name: 'url', label: 'Address', placeholder: 's3://bucket/prefix' }],
  topic: [
    { name: 'brokers', label: 'Brokers', optional: true },
    { name: 'topic', label: 'Topic' },
  ],
}

/** The members of `config` that were filled; a list is taken apart at its commas. */
export function configBody(kind: SourceKindName, values: Readonly<Record<string, string>>) {
  return Object.fromEntries(
    configFields[kind].flatMap(({ name, list, options }) => {
      const text = (values[name] ?? options?.[0] ?? '').trim()
      if (text === '') return []
      const parts = text.split(',').map((part) => part.trim())
      return [[name, list ? parts.filter((part) => part !== '') : text] as const]
    }),
  )
}

/** The labels of mandatory places that are empty. */
export const absentConfig = (kind: SourceKindName, values: Readonly<Record<string, string>>): string[] =>
  configFields[kind].flatMap(({ name, label, optional, options }) =>
    optional || options || (values[name] ?? '').trim() !== '' ? [] : [label],
  )
