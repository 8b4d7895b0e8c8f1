import { invalidField } from '@/lib/core/errors'
import { outsideText } from './sql-tokens'

const calls = [
  'now|today|transaction_timestamp|get_current_\\w+|current_localtime(?:stamp)?|random|setseed|uuid(?:v4|v7)?|gen_random_uuid',
  'nextval|currval|txid_current|current_setting|getvariable|getenv|version|current_user|current_schemas?|current_database',
].join('|')
const words =
  'current_date|current_time|current_timestamp|localtime|localtimestamp|tablesample|using\\s+sample'

const unsteady = outsideText(`(?<![.\\w])(?:(${calls})\\s*\\(|(${words})\\b)`, 'gi')

/**
 * Refuses SQL that gives other rows tomorrow or on another machine, so that a window can be computed again. What it
 * may read at all, the engine checks.
 * @throws DomainError `invalid` naming the function.
 */
export function refuseUnsteady(sql: string): void {
  for (const [, call, word] of sql.matchAll(unsteady)) {
    const name = call ? `${call}()` : word
    if (!name) continue
    const reason = `${name} does not give the same value each time; a transformation must give the same rows for the same inputs.`
    throw invalidField('/transformation/sql', reason, 'sql_not_allowed')
  }
}
