import type { ServingVersion } from '@/lib/registry'
import { bindWindow, type TransformationWindow, timestampLiteral } from './bind-window'

/** What stands before the author's SQL in what the engine runs. */
export const beforeSql = 'select * from (\n'

/** What the engine runs: the rows of the window and no others, whatever the SQL itself selects. */
export function windowedSql(
  { timestampKey }: Pick<ServingVersion, 'timestampKey'>,
  sql: string,
  window: TransformationWindow,
): string {
  const time = `"${timestampKey.replaceAll('"', '""')}"`
  const inside = `${time} > ${timestampLiteral(window.from)} and ${time} <= ${timestampLiteral(window.to)}`
  const bound = bindWindow(sql.replace(/[\s;]+$/, ''), window)
  // A row without a time is kept, so that it is refused and not lost.
  return `${beforeSql}${bound}\n) as computed where (${inside}) or ${time} is null`
}
