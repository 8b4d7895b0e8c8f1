/** A key's value as it is written into code: numbers bare where every language reads them exactly. */
export type Literal = string | number | boolean

const isWhole = (type: string) => type === 'int32' || type === 'int64'

/** Key columns are int32, int64, string, bool or date. */
export function literalOf(type: string, text: string): Literal {
  if (type === 'bool' && (text === 'true' || text === 'false')) return text === 'true'
  const number = Number(text)
  return isWhole(type) && text.trim() !== '' && Number.isSafeInteger(number) ? number : text
}

type Tree = Literal | readonly Tree[] | { readonly [name: string]: Tree }

const isList = (value: Tree): value is readonly Tree[] => Array.isArray(value)

const longestLine = 72

/** Short lists of plain values on one line, everything else a line each member: code that a person would write. */
function write(value: Tree, indent: string, scalar: (value: Literal) => string): string {
  if (typeof value !== 'object') return scalar(value)
  const inner = `${indent}  `
  if (isList(value)) {
    const parts = value.map((one) => write(one, inner, scalar))
    const line = `[${parts.join(', ')}]`
    if (line.length <= longestLine && !line.includes('\n')) return line
    return `[\n${parts.map((part) => inner + part).join(',\n')}\n${indent}]`
  }
  const lines = Object.entries(value).map(
    ([name, one]) => `${inner}${scalar(name)}: ${write(one, inner, scalar)}`,
  )
  return `{\n${lines.join(',\n')}\n${indent}}`
}

export const jsonText = (value: Tree, indent = ''): string =>
  write(value, indent, (one) => JSON.stringify(one))

const pythonScalar = (value: Literal): string =>
  typeof value === 'boolean' ? (value ? 'True' : 'False') : JSON.stringify(value)

export const pythonText = (value: Tree, indent = ''): string => write(value, indent, pythonScalar)

/** Inside single quotes of a shell. */
export const shellText = (text: string): string => text.replaceAll("'", "'\\''")

/** A text in SQL; numbers and truth values bare. */
export const sqlText = (value: Literal): string =>
  typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value)

export const sqlName = (name: string): string => `"${name.replaceAll('"', '""')}"`

export type { Tree }
