import { and, eq, inArray, ne } from 'drizzle-orm'
import type { Executor } from '@/db/client'
import { catalogDocuments } from '@/db/schema'
import { decide } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { edgesOf } from '@/lib/edges'
import type { VersionRow } from './definition'
import { allGraces, isInForce } from './ending/graces'
import { describedUsers } from './in-use'
import { instantMilliseconds, isoInstant } from './instants'
import { environmentsOf, type GroupRow } from './queries'
import { otherReaders, recentReaders } from './recent-readers'
import { loadServiceFacts } from './service-facts'
import { servicesNaming } from './services-naming'

/** Why something that is used stays where it is, and who uses it, as far as the asker may know. */
export interface Refusal {
  because: string
  users: string[]
}

interface Subject {
  row: GroupRow
  version: VersionRow
}

async function services(executor: Executor, ctx: Context, { row, version }: Subject): Promise<string[]> {
  const naming = await servicesNaming(executor, { groupId: row.group.id, version: version.major })
  const users: string[] = []
  let hidden = false
  for (const { name, isArchived } of naming) {
    if (isArchived) continue
    const facts = await loadServiceFacts(name, executor)
    if (facts && decide(ctx, 'catalog:describe', facts).allowed) users.push(`feature service ${name}`)
    else hidden = true
  }
  return hidden ? [...users, 'feature services that you may not see'] : users
}

/** Groups whose transformations read this one, where this is the version that is served to them. */
async function fedGroups(executor: Executor, ctx: Context, { row, version }: Subject): Promise<string[]> {
  const served = await environmentsOf([version.id], executor)
  if (!served.some(({ state }) => state === 'promoted')) return []
  const open = await edgesOf({ kind: 'group', name: row.group.name }, 'down', executor)
  const names = open.flatMap((edge) =>
    edge.toKind === 'group' && edge.relation === 'feeds' ? [edge.toName] : [],
  )
  if (names.length === 0) return []
  const living = await executor
    .select({ name: catalogDocuments.name })
    .from(catalogDocuments)
    .where(
      and(
        eq(catalogDocuments.kind, 'group'),
        inArray(catalogDocuments.name, names),
        ne(catalogDocuments.lifecycle, 'archived'),
      ),
    )
    .orderBy(catalogDocuments.name)
  return describedUsers(
    executor,
    ctx,
    living.map(({ name }) => name),
  )
}

async function readers(executor: Executor, ctx: Context, { row, version }: Subject): Promise<string[]> {
  const read = { group: row.group.name, version: version.major }
  return otherReaders(ctx, await recentReaders(executor, ctx, read)).map(({ kind, name }) =>
    kind === 'key' ? `API key ${name}` : name,
  )
}

/** Past its sunset only those read a version who were given a grace. */
async function stillInGrace(
  executor: Executor,
  ctx: Context,
  name: string,
  version: VersionRow,
): Promise<Refusal | null> {
  const open = (await allGraces(executor, version.id)).filter((grace) => isInForce(ctx, grace))
  if (open.length === 0) return null
  const users = open.map(({ consumerName, until }) => `${consumerName} until ${isoInstant(until)}`)
  return { because: `${name} is still read under a grace (${users.join(', ')}). Withdraw it first.`, users }
}

/**
 * Why a version cannot be archived now, null when it can. What a service selects or a group is made of stays; what is
 * active and read by others is deprecated first, so that they are told; a sunset that was promised is kept. Past its
 * sunset only a grace keeps it.
 */
export async function archiveRefusal(
  executor: Executor,
  ctx: Context,
  row: GroupRow,
  version: VersionRow,
): Promise<Refusal | null> {
  const name = `${row.group.name}@${version.major}`
  const { sunsetAt } = version
  const isPast = sunsetAt !== null && instantMilliseconds(sunsetAt) <= ctx.now().getTime()
  if (isPast) return stillInGrace(executor, ctx, name, version)
  const subject = { row, version }
  const built = [...(await services(executor, ctx, subject)), ...(await fedGroups(executor, ctx, subject))]
  if (built.length > 0) {
    return { because: `${name} is in use (${built.join(', ')}) and stays.`, users: built }
  }
  if (sunsetAt !== null)
    return {
      because: `${name} is promised to its readers until ${isoInstant(sunsetAt)}. Archive it then, or restore it and deprecate it with another date.`,
      users: [],
    }
  if (version.state !== 'active') return null
  const users = await readers(executor, ctx, subject)
  if (users.length === 0) return null
  return {
    because: `${name} was read in the last 30 days (${users.join(', ')}). Deprecate it first, so that they are told.`,
    users,
  }
}
