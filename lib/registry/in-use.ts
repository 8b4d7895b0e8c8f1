import { decide } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { findGroup, groupFacts } from './queries'

/** A refusal to delete, with the users that the asker may know of. */
export const inUse = (what: string, users: string[]) =>
  new DomainError('conflict', `${what} is in use (${users.join(', ')}) and stays.`, { extensions: { users } })

/** Names of groups; those that the asker may not know of are only counted. */
export async function describedUsers(ctx: Context, names: string[]): Promise<string[]> {
  const rows = await Promise.all(names.map((name) => findGroup(name)))
  const known = rows.flatMap((row) =>
    row && decide(ctx, 'catalog:describe', groupFacts(row)).allowed
      ? [`feature group ${row.group.name}`]
      : [],
  )
  return known.length === names.length ? known : [...known, 'feature groups that you may not see']
}
