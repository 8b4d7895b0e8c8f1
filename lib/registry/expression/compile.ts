import { type AllowedFunction, allowedFunctions, fits, type Parameter, type ValueKind } from './functions'
import { type CompileOptions, keywords, quoteName, type Reader, readerOf, shown } from './reader'
import { ExpressionFault, type Token } from './tokens'
import { both, holds, not as isNot, statementOf, type Truth } from './truth'

/** A part of the expression as SQL with all its brackets, and what its value is. */
interface Part {
  sql: string
  kind: ValueKind
  /** The text of a string literal. */
  literal?: string
  /** A whole number of few digits, written out. */
  whole?: boolean
  /** Of a condition: how it is told from one that could not be computed. */
  truth?: Truth
}

const quoteText = (text: string) => `'${text.replaceAll("'", "''")}'`

function require(part: Part, wanted: ValueKind | 'time', what: string, at: number): Part {
  if (fits(part.kind, wanted)) return part
  throw new ExpressionFault(`${what} needs a ${wanted}, and this is a ${part.kind}`, at)
}

/** The one kind of several parts: they can be compared, or stand for each other. */
function common(parts: Part[], what: string, at: number): ValueKind {
  const kinds = new Set(parts.map((part) => part.kind).filter((kind) => kind !== 'any'))
  if (kinds.has('other')) throw new ExpressionFault(`${what} does not work on lists, bytes or JSON`, at)
  if (kinds.size > 1)
    throw new ExpressionFault(`${what} needs values of one kind, not ${[...kinds].join(' and ')}`, at)
  return [...kinds][0] ?? 'any'
}

const bool = (sql: string): Part => ({ sql: `(${sql})`, kind: 'bool' })

function logical(reader: Reader, word: 'or' | 'and', operand: (reader: Reader) => Part): Part {
  let left = operand(reader)
  for (;;) {
    const { at } = reader.peek()
    if (!reader.take(word)) return left
    const right = require(operand(reader), 'bool', word, at)
    const { sql, truth } = require(left, 'bool', word, at)
    left = { ...bool(`${sql} ${word} ${right.sql}`), truth: both(truth, word, right.truth) }
  }
}

const expression = (reader: Reader): Part => logical(reader, 'or', conjunction)
const conjunction = (reader: Reader): Part => logical(reader, 'and', negation)

function negation(reader: Reader): Part {
  const { at } = reader.peek()
  if (!reader.take('not')) return statement(reader)
  const { sql, truth } = require(negation(reader), 'bool', 'not', at)
  return { ...bool(`not ${sql}`), truth: isNot(truth) }
}

/** What `and`, `or` and `not` join; in brackets that may be such a condition itself. */
function statement(reader: Reader): Part {
  const from = reader.place()
  const part = comparison(reader)
  if (part.truth || !fits(part.kind, 'bool')) return part
  return { ...part, truth: statementOf(part.sql, reader.since(from), reader.options.columns) }
}

const comparisons = ['=', '<>', '!=', '<=', '>=', '<', '>']

function comparison(reader: Reader): Part {
  const left = concatenation(reader)
  const { at } = reader.peek()
  const operator = comparisons.find(reader.take)
  if (operator) {
    const right = concatenation(reader)
    common([left, right], operator, at)
    return bool(`${left.sql} ${operator} ${right.sql}`)
  }
  if (reader.take('is')) {
    const not = reader.take('not') ? 'not ' : ''
    reader.expect('null')
    return bool(`${left.sql} is ${not}null`)
  }
  const not = reader.take('not') ? 'not ' : ''
  if (reader.take('in')) return membership(reader, left, not, at)
  if (reader.take('between')) return range(reader, left, not, at)
  if (not) throw new ExpressionFault('`in` or `between` was expected after `not`', at)
  return left
}

function membership(reader: Reader, left: Part, not: string, at: number): Part {
  reader.expect('(')
  const members = listOf(reader)
  common([left, ...members], 'in', at)
  return bool(`${left.sql} ${not}in (${members.map((member) => member.sql).join(', ')})`)
}

function range(reader: Reader, left: Part, not: string, at: number): Part {
  const low = concatenation(reader)
  reader.expect('and')
  const high = concatenation(reader)
  common([left, low, high], 'between', at)
  return bool(`${left.sql} ${not}between ${low.sql} and ${high.sql}`)
}

/** At least one expression, up to the closing bracket. */
function listOf(reader: Reader): Part[] {
  const parts = [expression(reader)]
  while (reader.take(',')) parts.push(expression(reader))
  reader.expect(')')
  return parts
}

function binary(
  reader: Reader,
  operators: string[],
  kind: 'number' | 'string',
  operand: (reader: Reader) => Part,
): Part {
  let left = operand(reader)
  for (;;) {
    const { at } = reader.peek()
    const operator = operators.find(reader.take)
    if (!operator) return left
    const right = require(operand(reader), kind, operator, at)
    const divides = divisions.includes(operator)
    const by = divides && reader.options.isStatement ? `nullif(${right.sql}, 0)` : right.sql
    left = { sql: `(${require(left, kind, operator, at).sql} ${operator} ${by})`, kind }
  }
}

const divisions = ['//', '/', '%']

const concatenation = (reader: Reader): Part => binary(reader, ['||'], 'string', sum)
const sum = (reader: Reader): Part => binary(reader, ['+', '-'], 'number', product)
const product = (reader: Reader): Part => binary(reader, ['*', '//', '/', '%'], 'number', signed)

function signed(reader: Reader): Part {
  const { at } = reader.peek()
  if (!reader.take('-')) return primary(reader)
  const { sql, whole = false } = require(signed(reader), 'number', '-', at)
  return { sql: `(- ${sql})`, kind: 'number', whole }
}

function primary(reader: Reader): Part {
  const token = reader.peek()
  if (reader.take('(')) {
    const inner = expression(reader)
    reader.expect(')')
    return inner
  }
  if (reader.take('case')) return choice(reader, token.at)
  if (reader.take('null')) return { sql: 'null', kind: 'any' }
  if (reader.take('true')) return { sql: 'true', kind: 'bool' }
  if (reader.take('false')) return { sql: 'false', kind: 'bool' }
  reader.next()
  if (token.kind === 'number') return numeral(reader, token.text)
  if (token.kind === 'string') return { sql: quoteText(token.text), kind: 'string', literal: token.text }
  if (token.kind === 'name' && (token.quoted || !keywords.has(token.text.toLowerCase())))
    return named(reader, token)
  throw new ExpressionFault(`a value was expected where ${shown(token)} stands`, token.at)
}

function numeral({ options }: Reader, text: string): Part {
  const isDouble = /e/i.test(text) || (text.includes('.') && options.fractions === 'double')
  const sql = isDouble ? `CAST(${text} AS DOUBLE)` : text
  return { sql, kind: 'number', whole: /^\d{1,4}$/.test(text) }
}

function choice(reader: Reader, at: number): Part {
  const branches: string[] = []
  const results: Part[] = []
  while (reader.take('when')) {
    const condition = require(expression(reader), 'bool', 'when', at)
    reader.expect('then')
    const result = expression(reader)
    results.push(result)
    branches.push(`when ${condition.sql} then ${result.sql}`)
  }
  if (branches.length === 0) throw new ExpressionFault('`case` needs at least one `when`', at)
  if (reader.take('else')) {
    const result = expression(reader)
    results.push(result)
    branches.push(`else ${result.sql}`)
  }
  reader.expect('end')
  return { sql: `(case ${branches.join(' ')} end)`, kind: common(results, 'case', at) }
}

function named(reader: Reader, token: Token): Part {
  if (!reader.take('(')) return column(reader, token)
  const name = token.text.toLowerCase()
  const known = Object.hasOwn(allowedFunctions, name) ? allowedFunctions[name] : undefined
  if (!known) throw new ExpressionFault(`\`${token.text}\` is not an allowed function`, token.at)
  const parts = reader.take(')') ? [] : listOf(reader)
  const called = call(name, known, parts, token.at)
  if (name !== 'power' || !reader.options.isStatement) return called
  return { ...called, sql: `nullif(${called.sql}, CAST('NaN' AS DOUBLE))` }
}

function column({ options }: Reader, token: Token): Part {
  const meaning = options.columns.get(token.text)
  if (!meaning) throw new ExpressionFault(`there is no column \`${token.text}\` in the row`, token.at)
  if (meaning.refused) throw new ExpressionFault(`\`${token.text}\` ${meaning.refused}`, token.at)
  return { sql: quoteName(token.text), kind: meaning.kind }
}

function requireArgument(name: string, part: Part, parameter: Parameter | undefined, at: number): void {
  if (parameter === undefined || parameter === 'same') return
  if (parameter === 'whole') {
    if (part.whole) return
    throw new ExpressionFault(`${name} takes a whole number there, written out`, at)
  }
  if (typeof parameter === 'string') {
    require(part, parameter, name, at)
    return
  }
  if (part.literal !== undefined && parameter.includes(part.literal)) return
  throw new ExpressionFault(`${name} takes one of ${parameter.map((unit) => `'${unit}'`).join(', ')}`, at)
}

function call(name: string, known: AllowedFunction, parts: Part[], at: number): Part {
  const { parameters, required, repeated, returns } = known
  if (parts.length < required || (!repeated && parts.length > parameters.length)) {
    const most = parameters.length === required ? '' : ` to ${parameters.length}`
    throw new ExpressionFault(`${name} takes ${required}${repeated ? ' or more' : most} values`, at)
  }
  parts.forEach((part, place) => {
    requireArgument(name, part, parameters[Math.min(place, parameters.length - 1)], at)
  })
  const alike = parts.filter((_, place) => parameters[Math.min(place, parameters.length - 1)] === 'same')
  const kind = alike.length > 0 ? common(alike, name, at) : 'any'
  return {
    sql: `${name}(${parts.map((part) => part.sql).join(', ')})`,
    kind: returns === 'same' ? kind : returns,
  }
}

interface Compiled {
  sql: string
  kind: ValueKind
  /** Of a condition, never null: false too where it could not be computed; null for other values. */
  holds: string | null
}

/**
 * Reads an expression over the columns of one row and writes it anew as SQL, every name quoted and every bracket set,
 * so that the engine sees nothing that was not understood here. What cannot be computed (an overflow, the root of a
 * negative number) is null.
 * @throws ExpressionFault saying what is wrong and where.
 */
export function compileExpression(text: string, options: CompileOptions): Compiled {
  const reader = readerOf(text, options)
  const { sql, kind, truth } = expression(reader)
  const rest = reader.peek()
  if (rest.kind !== 'end')
    throw new ExpressionFault(`${shown(rest)} stands where the expression should end`, rest.at)
  return { sql: `TRY(${sql})`, kind, holds: truth ? holds(truth) : null }
}
