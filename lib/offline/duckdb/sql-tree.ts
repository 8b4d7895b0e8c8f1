import { parseJson } from '@/lib/core/json'
import { queryRows } from '../engine-client'
import { text } from './sql'

/** A node of a statement as the engine's own parser sees it. */
export type SqlNode = Record<string, unknown>

export const isNode = (value: unknown): value is SqlNode =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Functions whose answer is not settled by the row alone, and those that reach outside it. */
export const unsettled =
  /^(random|setseed|uuid|uuidv4|uuidv7|gen_random_uuid|now|today|get_current_\w+|current_\w+|transaction_timestamp|txid_current|nextval|currval|getvariable|getenv|version|pg_\w+|in_search_path|query|query_table|sleep\w*|write_log)$/i

/** The statements of a text, parsed by the engine; null when it cannot be read at all. */
export async function parseSql(sql: string, signal?: AbortSignal): Promise<SqlNode | null> {
  const [row] = await queryRows(`SELECT json_serialize_sql(${text(sql)})`, [], signal)
  const tree = parseJson(String(row?.[0] ?? '{}'), { maximumDepth: 2000 })
  return isNode(tree) ? tree : null
}
