import { invalidField } from '@/lib/core/errors'
import type { RenamedColumns } from '@/lib/offline'

export const noneRenamed: RenamedColumns = new Map()

/** What a column of a body is called in the group; null: it is left out. */
export const nameInGroup = (renamed: RenamedColumns, column: string): string | null =>
  renamed.has(column) ? (renamed.get(column) ?? null) : column

const wrong = (reason: string, code: string) => invalidField('/rename', reason, code)

/**
 * Pairs of `column of the body:column of the group`, split at the last colon, since names in a group hold none; with
 * nothing behind the colon the column is left out. Throws `invalid` for a name that the version does not declare, and
 * where two columns would be one.
 */
export function renamedColumns(
  pairs: readonly string[],
  declared: { has: (name: string) => boolean },
): RenamedColumns {
  const renamed = new Map<string, string | null>()
  const fed = new Set<string>()
  for (const pair of pairs) {
    const colon = pair.lastIndexOf(':')
    const column = pair.slice(0, colon)
    const name = pair.slice(colon + 1)
    if (colon < 0)
      throw wrong(
        `\`${pair}\` is not a column of the body and one of the group with a colon between.`,
        'pair',
      )
    if (name !== '' && !declared.has(name))
      throw wrong(`\`${name}\` is not declared in this version.`, 'unknown_column')
    if (renamed.has(column)) throw wrong(`\`${column}\` is renamed twice.`, 'duplicate_column')
    if (fed.has(name)) throw wrong(`Two columns would be called \`${name}\`.`, 'duplicate_column')
    if (name !== '') fed.add(name)
    renamed.set(column, name === '' ? null : name)
  }
  return renamed
}
