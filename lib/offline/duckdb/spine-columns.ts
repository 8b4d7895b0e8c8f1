import { type FieldError, invalid } from '@/lib/core/errors'
import type { FeatureType } from '@/lib/core/feature-type'
import { stringifyJson } from '@/lib/core/json'
import { isStorableText } from '@/lib/core/text'
import type { Column, Spine } from '../port'

/** A spine with the SELECT of its typed columns in file order. */
export interface DuckDbSpine extends Spine {
  relation: string
  /** The same in any order, with each row's number as `__almanac_row`, where the file knows it. */
  numbered?: string
}

export const mostErrors = 100

export const timestampType: FeatureType = { kind: 'timestamp' }

export const lineEnd = '__almanac_end'
export const rowName = '__almanac_row'
/** Names that a spine's columns would meet on their way through the engine. */
const ownNames = new Set([lineEnd, rowName])

/** A missing key or timestamp column is named before anything is read. */
export function requireColumns(present: string[], timestampColumn: string, keys: Column[]): void {
  const lower = new Map<string, string>()
  for (const name of present) {
    if (name === '' || !isStorableText(name) || ownNames.has(name.toLowerCase())) {
      throw invalid(`The spine has a column named ${stringifyJson(name)}, which no column can be called.`, [
        { pointer: '/spine', reason: 'This name cannot be used', code: 'name', column: name },
      ])
    }
    const other = lower.get(name.toLowerCase())
    if (other !== undefined)
      throw invalid(`The spine has columns that differ only in case: \`${other}\`, \`${name}\`.`)
    lower.set(name.toLowerCase(), name)
  }
  const wanted = [timestampColumn, ...keys.map(({ name }) => name)]
  const missing = [...new Set(wanted)].filter((name) => !present.includes(name))
  if (missing.length === 0) return
  throw invalid(
    `The spine lacks ${missing.map((name) => `\`${name}\``).join(', ')}.`,
    missing.map((name) => ({
      pointer: '/spine',
      reason: `The spine has no column \`${name}\`, which is ${name === timestampColumn ? 'its timestamp' : 'a key'}`,
      code: 'required',
      column: name,
    })),
  )
}

/** The 422 of a spine, which names its first fault. */
export const refusal = (errors: FieldError[]) =>
  invalid(
    `The spine was refused: row ${errors[0]?.row}, column \`${errors[0]?.column}\`: ${errors[0]?.reason}.`,
    errors,
  )
