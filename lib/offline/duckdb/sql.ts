import { type CanonicalValue, engineType, type FeatureType, toEngineText } from '@/lib/core/feature-type'

/** A name as SQL. */
export const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** A text as a SQL literal. U+0000 has none; the codec refuses it before. */
export const text = (value: string): string => `'${value.replaceAll("'", "''")}'`

export const list = (parts: readonly string[]): string => `[${parts.join(', ')}]`

const nestedTexts = (type: FeatureType): string =>
  type.kind === 'array' ? `[${nestedTexts(type.element)}]` : '"VARCHAR"'

const holdsBytes = (type: FeatureType): boolean =>
  type.kind === 'bytes' || (type.kind === 'array' && holdsBytes(type.element))

/** SQL that makes the value from the text of `toEngineText`; exact for such texts and for no others. */
export function castFromText(type: FeatureType, expression: string, depth = 0): string {
  if (type.kind === 'string' || type.kind === 'json') return expression
  if (type.kind === 'bytes') return `from_base64(${expression})`
  if (type.kind !== 'array' && type.kind !== 'embedding') return `CAST(${expression} AS ${engineType(type)})`
  const structure = type.kind === 'array' ? nestedTexts(type) : '["VARCHAR"]'
  const texts = depth === 0 ? `from_json(${expression}, ${text(structure)})` : expression
  if (type.kind === 'array' && holdsBytes(type)) {
    // No column of a user is likely to have this name; a parameter does not hide one that has.
    const item = `__e${depth}`
    return `list_transform(${texts}, lambda ${item}: ${castFromText(type.element, item, depth + 1)})`
  }
  return `CAST(${texts} AS ${engineType(type)})`
}

/** A canonical value as a SQL expression. */
export function literal(type: FeatureType, value: CanonicalValue): string {
  const cell = toEngineText(type, value)
  return cell === null ? `CAST(NULL AS ${engineType(type)})` : castFromText(type, text(cell))
}

/** Microseconds since 1970 UTC as a TIMESTAMP. */
export const timestamp = (micros: bigint): string => `make_timestamp(CAST(${micros} AS BIGINT))`

/**
 * A relation over a staged file, whose cells are texts under the given names. Without a stated line end the engine
 * takes the first CR or LF that it meets for one, also inside quotes.
 */
export function stagedFile(path: string, columns: readonly string[]): string {
  const structure = columns.map((name) => `${text(name)}: 'VARCHAR'`).join(', ')
  const options =
    `auto_detect = false, header = false, delim = ',', quote = '"', escape = '"', new_line = '\\n', nullstr = '', ` +
    'allow_quoted_nulls = false, strict_mode = true, max_line_size = 16777216, buffer_size = 33554432'
  return `read_csv(${text(path)}, ${options}, columns = {${structure}})`
}
