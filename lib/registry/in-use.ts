import type { Executor } from '@/db/client'
import { decide } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { datasetsUsing } from './datasets-using'
import { findGroup, groupFacts } from './queries'
import { loadServiceFacts } from './service-facts'
import { servicesNaming } from './services-naming'

/** A refusal to delete, with the users that the asker may know of. */
export const inUse = (what: string, users: string[]) =>
  new DomainError('conflict', `${what} is in use (${users.join(', ')}) and stays.`, { extensions: { users } })

/** Names of groups; those that the asker may not know of are only counted. */
export async function describedUsers(executor: Executor, ctx: Context, names: string[]): Promise<string[]> {
  const rows = await Promise.all(names.map((name) => findGroup(name, executor)))
  const known = rows.flatMap((row) =>
    row && decide(ctx, 'catalog:describe', groupFacts(row)).allowed
      ? [`feature group ${row.group.name}`]
      : [],
  )
  return known.length === names.length ? known : [...known, 'feature groups that you may not see']
}

async function servicesOn(tx: Executor, ctx: Context, groupId: string): Promise<string[]> {
  const named: string[] = []
  let hidden = 0
  for (const { name } of await servicesNaming(tx, { groupId })) {
    const facts = await loadServiceFacts(name, tx)
    if (facts && decide(ctx, 'catalog:describe', facts).allowed) named.push(`feature service ${name}`)
    else hidden++
  }
  return hidden > 0 ? [...named, 'feature services that you may not see'] : named
}

/** What was built on a group: services and training datasets; those that the asker may not know of have no names. */
export async function builtOnGroup(
  tx: Executor,
  ctx: Context,
  group: { id: string; name: string },
): Promise<string[]> {
  const { datasets, hidden } = await datasetsUsing(ctx, { group: group.name }, null, tx)
  return [
    ...(await servicesOn(tx, ctx, group.id)),
    ...datasets.map(({ name, version }) => `training dataset ${name}@${version}`),
    ...(hidden > 0 ? ['training datasets that you may not see'] : []),
  ]
}
