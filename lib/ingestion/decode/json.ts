import { DomainError, invalidField } from '@/lib/core/errors'
import type { ParsedJson } from '@/lib/core/json'
import { type RawRow, rawRowOfObject, type UnknownColumns } from '../raw-row'
import type { RowPlan } from '../row-plan'
import { JsonOutline } from './json-outline'
import { type ParsedRow, RowSplitter } from './row-splitter'

const largestJsonBytes = 128 * 1024 * 1024

const notText = (cause: unknown) =>
  new DomainError('not_parseable', 'The body is not UTF-8 text.', {}, { cause })

/** The text of a JSON document that is wanted whole. 413 past 128 MiB. */
export async function jsonText(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of bytes) {
    size += chunk.length
    if (size > largestJsonBytes) {
      throw new DomainError(
        'too_large',
        'A JSON body may hold 128 MiB. Send more as application/x-ndjson, CSV or Parquet, which stream.',
      )
    }
    chunks.push(chunk)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
  } catch (cause) {
    throw notText(cause)
  }
}

function refuseRepeated({ repeated }: ParsedJson): void {
  const [member] = repeated[0] ?? []
  if (member !== undefined)
    throw invalidField(`/${member}`, `\`${member}\` stands twice in the body.`, 'duplicate_member')
}

/** The members of `{"rows":[…]}`. */
function rowsOf(body: unknown): unknown[] {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw invalidField('', 'The body is an object: {"rows": [{…}, …]}.', 'object')
  }
  for (const name of Object.keys(body)) {
    if (name !== 'rows')
      throw invalidField(
        `/${name}`,
        `\`${name}\` is not a known member; the rows stand in \`rows\`.`,
        'unknown_member',
      )
  }
  if (!('rows' in body) || !Array.isArray(body.rows))
    throw invalidField('/rows', '`rows` must be an array of objects.', 'array')
  return body.rows
}

/** The text of a body, in pieces. Errors: not_parseable. */
async function* textsOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const utf8 = new TextDecoder('utf-8', { fatal: true })
  let isBegun = false
  const decoded = (chunk?: Uint8Array): string => {
    try {
      const text = chunk ? utf8.decode(chunk, { stream: true }) : utf8.decode()
      const isMarked = !isBegun && text.startsWith('\ufeff')
      isBegun ||= text !== ''
      return isMarked ? text.slice(1) : text
    } catch (cause) {
      throw notText(cause)
    }
  }
  for await (const chunk of bytes) yield decoded(chunk)
  yield decoded()
}

/** A body is refused for what is worst in it, wherever that stands: no text, too deep, no JSON. */
async function worst(fault: unknown, rest: AsyncIterable<string>, outline: JsonOutline): Promise<unknown> {
  let found = fault
  for await (const text of rest) {
    if (!(found instanceof DomainError) || found.code !== 'not_parseable') continue
    try {
      outline.cutsOf(text)
    } catch (deeper) {
      found = deeper
    }
  }
  return found
}

/** The rows as they arrive; the rest of the document is looked at when it has ended. */
async function* parsedRows(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<ParsedRow[]> {
  const outline = new JsonOutline()
  const splitter = new RowSplitter()
  const texts = textsOf(bytes)
  for await (const text of texts) {
    let rows: ParsedRow[]
    try {
      rows = splitter.rowsOf(text, outline.cutsOf(text))
    } catch (fault) {
      throw await worst(fault, texts, outline)
    }
    yield rows
  }
  const rest = splitter.rest()
  const left = rowsOf(rest.value)
  refuseRepeated(rest)
  if (left.length > 0) throw new Error('Rows were left in the document.')
}

export async function* decodeJson(
  bytes: AsyncIterable<Uint8Array>,
  plan: RowPlan,
  unknown: UnknownColumns,
): AsyncGenerator<RawRow[]> {
  let row = 0
  for await (const rows of parsedRows(bytes))
    yield rows.map(({ value, repeated }) => rawRowOfObject(plan, unknown, value, ++row, repeated))
}
