import { DomainError, invalidField } from '@/lib/core/errors'
import { type ParsedJson, parseJsonRepeated } from '@/lib/core/json'
import { type RawRow, rawRowOfObject, type UnknownColumns } from '../raw-row'
import type { RowPlan } from '../row-plan'

const largestJsonBytes = 128 * 1024 * 1024
const rowsABatch = 1000

/** The text of a JSON document. 413 past 128 MiB: NDJSON is what streams. */
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
    throw new DomainError('not_parseable', 'The body is not UTF-8 text.', {}, { cause })
  }
}

/** Which columns stand twice, by the row's place. Throws when the rows themselves do. */
function repeatedByRow({ repeated }: ParsedJson): Map<number, string[]> {
  const byRow = new Map<number, string[]>()
  for (const [member, row, column] of repeated) {
    if (typeof row !== 'number')
      throw invalidField(`/${member}`, `\`${member}\` stands twice in the body.`, 'duplicate_member')
    byRow.set(row, [...(byRow.get(row) ?? []), String(column)])
  }
  return byRow
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

export async function* decodeJson(
  bytes: AsyncIterable<Uint8Array>,
  plan: RowPlan,
  unknown: UnknownColumns,
): AsyncGenerator<RawRow[]> {
  const parsed = parseJsonRepeated(await jsonText(bytes))
  const rows = rowsOf(parsed.value)
  const repeated = repeatedByRow(parsed)
  for (let start = 0; start < rows.length; start += rowsABatch) {
    yield rows
      .slice(start, start + rowsABatch)
      .map((value, index) =>
        rawRowOfObject(plan, unknown, value, start + index + 1, repeated.get(start + index) ?? []),
      )
  }
}
