import { DomainError } from '@/lib/core/errors'
import { parseFeatureType } from '@/lib/core/feature-type'
import { parseJson, stringifyJson } from '@/lib/core/json'

export interface Column {
  name: string
  type: string
  /** "Key", "Event time", "Feature": what the column is in the row. */
  part: string
  /** Computed from the others: shown only where the row brought it. */
  derived: boolean
}

export type Row = Record<string, unknown>

/** What was typed, by column; a column that is absent keeps its value. */
export type Edits = Readonly<Record<string, string>>

const operationColumn = '_op'
const texts = new Set(['string', 'bytes', 'date', 'timestamp', 'decimal'])

const isText = (type: string) => texts.has(parseFeatureType(type)?.kind ?? '')

/** A value as it stands in its field: nothing is null, two quotes are an empty text, as in a CSV. */
export function textOf(type: string, value: unknown): string {
  if (value === null || value === undefined) return ''
  if (value === '') return '""'
  const isJson = parseFeatureType(type)?.kind === 'json'
  return typeof value === 'string' && !isJson ? value : stringifyJson(value)
}

/** The value that a field's text means. What is no value of the type goes as text, and is refused with its reason. */
export function valueIn(type: string, text: string): unknown {
  if (text === '') return null
  if (text === '""') return ''
  if (isText(type)) return text
  try {
    return parseJson(text)
  } catch (error) {
    if (error instanceof DomainError) return text
    throw error
  }
}

/** The columns that a person may set: the declared ones, and a derived one where the row brings it. */
export const fieldsOf = (columns: readonly Column[], row: Row): Column[] =>
  columns.filter(({ name, derived }) => !derived || Object.hasOwn(row, name))

/** What the row brings and the version does not declare: it is left out. */
export function leftOut(columns: readonly Column[], row: Row): string[] {
  const declared = new Set([operationColumn, ...columns.map(({ name }) => name)])
  return Object.keys(row).filter((name) => !declared.has(name))
}

const neverText = new Set(['bool', 'array', 'embedding'])

/** A text where the type knows none: what it states is sent in its place, as the field shows it. */
const isMisplacedText = (type: string, value: unknown) =>
  typeof value === 'string' && neverText.has(parseFeatureType(type)?.kind ?? '')

/** A column whose value was put right: as texts of its fields; '' stands for null. */
export interface Change {
  column: string
  from: string
  to: string
}

/** What differs between a row as it arrived and as it was sent, over the declared columns. */
export const changesOf = (columns: readonly Column[], before: Row, after: Row): Change[] =>
  fieldsOf(columns, { ...before, ...after }).flatMap(({ name, type }) => {
    const change = { column: name, from: textOf(type, before[name]), to: textOf(type, after[name]) }
    return change.from === change.to ? [] : [change]
  })

/** The changes that stand in the fields and are not sent yet. */
export const editsOf = (columns: readonly Column[], row: Row, edits: Edits): Change[] =>
  fieldsOf(columns, row).flatMap(({ name, type }) => {
    const [from, to] = [textOf(type, row[name]), edits[name]]
    return to === undefined || to === from ? [] : [{ column: name, from, to }]
  })

/** The row to send; undefined when it goes as it was kept. */
export function correctedRow(columns: readonly Column[], row: Row, edits: Edits): Row | undefined {
  const surplus = new Set(leftOut(columns, row))
  const changed = columns.filter(({ name, type }) => {
    const text = edits[name]
    if (text === undefined) return isMisplacedText(type, row[name])
    return text !== textOf(type, row[name]) || isMisplacedText(type, row[name])
  })
  if (surplus.size === 0 && changed.length === 0) return undefined
  const kept = Object.entries(row).filter(([name]) => !surplus.has(name))
  const typed = changed.map(({ name, type }): [string, unknown] => [
    name,
    valueIn(type, edits[name] ?? textOf(type, row[name])),
  ])
  return Object.fromEntries([...kept, ...typed])
}
