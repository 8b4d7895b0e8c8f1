import { createHash } from 'node:crypto'
import type postgres from 'postgres'
import { singleton } from '@/lib/core/singleton'
import type { Count, ReadTarget } from './buffer'
import { servicePrefix } from './service-target'

/** Features of one request, as they are kept. */
interface ReadSet {
  id: string
  service: string
  environment: string
  /** `group:feature`, each once, in order. */
  members: string[]
}

/** A plan lives for seconds, and its targets with it. */
const sets = singleton('readSets', () => new WeakMap<readonly ReadTarget[], ReadSet>())

function setOf(targets: readonly ReadTarget[]): ReadSet {
  const known = sets.get(targets)
  if (known) return known
  const service = targets.find(({ feature }) => feature === '')?.groupName.slice(servicePrefix.length) ?? ''
  const named = targets.filter(({ feature }) => feature !== '')
  const members = [...new Set(named.map(({ groupName, feature }) => `${groupName}:${feature}`))].sort()
  const id = createHash('sha256')
    .update(JSON.stringify([service, members]))
    .digest('hex')
  const set = { id, service, environment: targets[0]?.environment ?? '', members }
  sets.set(targets, set)
  return set
}

const dayMinutes = 1440
const mostADay = 5000

/** Selections of the day; who asks for a new one each time is not followed for ever. */
const today = singleton('readSetsOfDay', () => ({ day: 0, ids: new Set<string>() }))

function isFollowed(id: string, day: number): boolean {
  if (day > today.day) Object.assign(today, { day, ids: new Set<string>() })
  if (today.ids.size >= mostADay) return today.ids.has(id)
  today.ids.add(id)
  return true
}

interface DayOfSet {
  set: ReadSet
  day: number
  reads: number
}

function daysOf(counts: readonly Count[]): DayOfSet[] {
  const days = new Map<string, DayOfSet>()
  for (const { targets, minute, reads } of counts) {
    const set = setOf(targets)
    const day = Math.floor(minute / dayMinutes)
    if (set.members.length < 2 || !isFollowed(set.id, day)) continue
    const key = `${set.id} ${set.environment} ${day}`
    const known = days.get(key)
    if (known) known.reads += reads
    else days.set(key, { set, day, reads })
  }
  // In one order for all writers.
  return [...days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one)
}

/** Stores which features were read together: a row a selection and day, however many pairs are in it. */
export async function writeReadSets(tx: postgres.TransactionSql, counts: readonly Count[]): Promise<void> {
  const days = daysOf(counts)
  if (days.length === 0) return
  const own = [...new Map(days.map(({ set }) => [set.id, set])).values()]
  await tx`
    insert into read_sets (id, service, members)
    select id, service, members::text[] from unnest(
      ${own.map(({ id }) => id)}::text[], ${own.map(({ service }) => service)}::text[],
      ${own.map(({ members }) => `{${members.join(',')}}`)}::text[]) as kept (id, service, members)
    on conflict (id) do nothing`
  await tx`
    insert into read_set_days (set_id, environment, day, reads)
    select * from unnest(
      ${days.map(({ set }) => set.id)}::text[], ${days.map(({ set }) => set.environment)}::text[],
      ${days.map(({ day }) => new Date(day * dayMinutes * 60_000).toISOString())}::timestamptz[],
      ${days.map(({ reads }) => reads)}::bigint[]) as counted (set_id, environment, day, reads)
    on conflict (set_id, environment, day) do update set reads = read_set_days.reads + excluded.reads`
}
