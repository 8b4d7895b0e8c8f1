import { type SourceConversion, when } from './source-conversion'
import { text } from './sql'

const string = '"(?:[^"\\\\]|\\\\.)*"'

const replaced = (x: string, pattern: string, by: string) =>
  `regexp_replace(${x}, ${text(pattern)}, ${text(by)}, 'g')`

/** The text without what its strings say. */
const skeleton = (x: string) => replaced(x, string, '""')

/** The text without white space between its tokens; every token as it was written. */
const compact = (x: string) => replaced(x, `(${string})|\\s+`, '\\1')

/**
 * Puts quotes around tokens that are no strings. Each match begins where the one before ended, and the last one takes
 * the rest, so that none begins within a string; what that one adds is taken off again.
 */
const quoted = (x: string, token: string, other: string) =>
  `regexp_replace(${replaced(x, `((?:${other}|${string})*)(${token}|$)`, '\\1"\\2"')}, '""$', '')`

/** Whether it is JSON by RFC 8259: the engine's own reader takes NaN, infinities and a comma before the end too. */
export const isJson = (x: string) =>
  `(json_valid(${x}) AND NOT regexp_matches(${skeleton(x)}, '(?i)nan|inf|,\\s*[\\]}]'))`

const widePattern = text('[\\d.]{16}|\\d[eE][+-]?\\d{3}')

/** JSON whose numbers are texts of their digits, which the engine's reader would round to doubles. */
export const withNumberTexts = (x: string) =>
  `CASE WHEN regexp_matches(${x}, ${widePattern}) ` +
  `THEN ${quoted(x, '-?\\d[\\d.eE+-]*', '[^"\\d-]')} ELSE ${x} END`

/** What the engine writes of a value of its own; NaN and infinities, which JSON has not, are texts there. */
export const jsonOfValue = (x: string) => {
  const written = `CAST(to_json(${x}) AS VARCHAR)`
  const special = '-?(?:NaN|Infinity)'
  return (
    `CASE WHEN regexp_matches(${written}, '${special}') ` +
    `THEN ${quoted(written, special, '[^"NI-]|-\\d')} ELSE ${written} END`
  )
}

/**
 * Whether a member stands twice in its object. Names that all differ need no look at their objects; a text with an
 * escape may say one name in two ways.
 */
export function hasRepeatedMember(x: string): string {
  const tokens = `regexp_extract_all(${compact(x)}, ${text(`${string}:?`)})`
  const members = `list_filter(${tokens}, lambda __m: suffix(__m, ':'))`
  const mayRepeat = `(contains(${x}, '\\') OR len(${members}) <> len(list_distinct(${members})))`
  const looked = `json_tree(CASE WHEN ${isJson(x)} AND ${mayRepeat} THEN ${x} END)`
  return `(SELECT count(*) > count(DISTINCT (t.parent, t.key)) FROM ${looked} t WHERE t.key IS NOT NULL)`
}

const nul = (x: string): [string, string] => [
  `regexp_matches(${x}, '(^|[^\\\\])(\\\\\\\\)*\\\\u0000')`,
  'nul_character',
]

/** A JSON text → json; its members are looked at where `isOuter` (a lambda cannot). */
export function jsonConversion(x: string, isOuter: boolean): SourceConversion {
  const isWide = `regexp_matches(${skeleton(x)}, ${widePattern})`
  const kept = `CASE WHEN ${isWide} THEN ${compact(x)} ELSE CAST(json(${x}) AS VARCHAR) END`
  return {
    value: `CASE WHEN ${isJson(x)} THEN nullif(${kept}, 'null') END`,
    fault: when([
      [`NOT ${isJson(x)}`, 'type'],
      nul(x),
      ...(isOuter ? [[hasRepeatedMember(x), 'duplicate_member'] satisfies [string, string]] : []),
    ]),
  }
}
