import { eq, inArray } from 'drizzle-orm'
import type { Executor } from '@/db/client'
import { apiKeys, people, serviceAccounts, teamMembers, teams, usageConsumers } from '@/db/schema'

/** Who answers for a consumer: the owner of a key, or the person that reads. */
export interface ReaderOwner {
  kind: 'person' | 'service'
  id: string
  name: string
}

export interface KnownReader {
  name: string
  owner: ReaderOwner | null
  teams: { id: string; name: string }[]
}

async function principals(executor: Executor, ids: string[]): Promise<Map<string, ReaderOwner>> {
  if (ids.length === 0) return new Map()
  const [persons, accounts] = await Promise.all([
    executor.select({ id: people.id, name: people.name }).from(people).where(inArray(people.id, ids)),
    executor
      .select({ id: serviceAccounts.id, name: serviceAccounts.name })
      .from(serviceAccounts)
      .where(inArray(serviceAccounts.id, ids)),
  ])
  return new Map<string, ReaderOwner>([
    ...persons.map((one) => [one.id, { kind: 'person' as const, ...one }] as const),
    ...accounts.map((one) => [one.id, { kind: 'service' as const, ...one }] as const),
  ])
}

async function teamsOf(executor: Executor, ids: string[]) {
  const found = new Map<string, { id: string; name: string }[]>()
  if (ids.length === 0) return found
  const rows = await executor
    .select({ principal: teamMembers.principalId, id: teams.id, name: teams.name })
    .from(teamMembers)
    .innerJoin(teams, eq(teams.id, teamMembers.teamId))
    .where(inArray(teamMembers.principalId, ids))
    .orderBy(teams.name)
  for (const { principal, ...team } of rows) found.set(principal, [...(found.get(principal) ?? []), team])
  return found
}

async function keptNames(executor: Executor, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await executor.select().from(usageConsumers).where(inArray(usageConsumers.id, ids))
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/**
 * Names, owners and owners' teams of consumers as usage names them: keys, people, service accounts; whoever is gone by
 * the name they had when they read.
 */
export async function readerOwners(
  executor: Executor,
  ids: readonly string[],
): Promise<(id: string) => KnownReader> {
  const wanted = [...new Set(ids)]
  const keys =
    wanted.length === 0
      ? []
      : await executor
          .select({ id: apiKeys.id, name: apiKeys.name, ownerId: apiKeys.ownerId })
          .from(apiKeys)
          .where(inArray(apiKeys.id, wanted))
  const ownerIds = [...new Set([...wanted, ...keys.map(({ ownerId }) => ownerId)])]
  const [owners, memberOf] = await Promise.all([principals(executor, ownerIds), teamsOf(executor, ownerIds)])
  const keyOf = new Map(keys.map((key) => [key.id, key]))
  const gone = wanted.filter((id) => !keyOf.has(id) && !owners.has(id))
  const kept = await keptNames(executor, gone)
  return (id) => {
    const key = keyOf.get(id)
    const owner = owners.get(key?.ownerId ?? id) ?? null
    const name = key?.name ?? owner?.name ?? kept.get(id) ?? (id === 'system' ? 'Almanac' : id)
    return { name, owner, teams: owner ? (memberOf.get(owner.id) ?? []) : [] }
  }
}
