import type postgres from 'postgres'
import { sql } from '@/db/client'
import { singleton } from '@/lib/core/singleton'
import { mergedServed, returnServed, type Served, takeServed } from './served'

const hourMilliseconds = 3_600_000
const rowsAStatement = 1000

/** Who asks may write what they like: only names that are there are kept. */
async function ofKnownNames(tx: postgres.TransactionSql, all: readonly Served[]): Promise<Served[]> {
  const asked = (of: (served: Served) => string) => [...new Set(all.map(of))]
  const rows = await tx<{ kind: string; name: string }[]>`
    select 'service' as kind, name from feature_services where name = any(${asked(({ service }) => service)})
    union all
    select 'environment', name from environments where name = any(${asked(({ environment }) => environment)})`
  const known = new Set(rows.map(({ kind, name }) => `${kind} ${name}`))
  return mergedServed(
    all.map((served) => ({
      ...served,
      service: known.has(`service ${served.service}`) ? served.service : '',
      environment: known.has(`environment ${served.environment}`) ? served.environment : '',
    })),
  )
}

const keyOf = (one: Served) =>
  [one.hour, one.environment, one.route, one.service, one.consumerKind, one.consumerId, one.status].join(' ')

/** In one order for all writers, so that two of them never wait for each other in a ring. */
const inOrder = (all: Served[]) => all.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))

async function write(tx: postgres.TransactionSql, all: readonly Served[]): Promise<void> {
  const column = <K extends keyof Served>(name: K): Served[K][] => all.map((one) => one[name])
  const hours = all.map(({ hour }) => new Date(hour * hourMilliseconds).toISOString())
  await tx`
    insert into serving_hours (hour, environment, route, service, consumer_kind, consumer_id, status, requests, latency)
    select hour, environment, route, service, consumer_kind, consumer_id, status, requests, latency::int[]
    from unnest(
      ${hours}::timestamptz[], ${column('environment')}::text[], ${column('route')}::text[], ${column('service')}::text[],
      ${column('consumerKind')}::text[], ${column('consumerId')}::text[], ${column('status')}::int[],
      ${column('requests')}::bigint[], ${all.map(({ latency }) => `{${latency.join(',')}}`)}::text[])
      as served (hour, environment, route, service, consumer_kind, consumer_id, status, requests, latency)
    on conflict (hour, environment, route, service, consumer_kind, consumer_id, status) do update set
      requests = serving_hours.requests + excluded.requests,
      latency = (select array_agg(coalesce(one, 0) + coalesce(other, 0) order by place)
        from unnest(serving_hours.latency, excluded.latency) with ordinality as both_of (one, other, place))`
}

async function writeTaken(): Promise<void> {
  const taken = takeServed()
  if (taken.length === 0) return
  try {
    await sql().begin(async (tx) => {
      const all = inOrder(await ofKnownNames(tx, taken))
      for (let from = 0; from < all.length; from += rowsAStatement)
        await write(tx, all.slice(from, from + rowsAStatement))
    })
  } catch (error) {
    returnServed(taken)
    throw error
  }
}

const writing = () => singleton('servedWriting', () => ({ last: Promise.resolve() as Promise<void> }))

/** Writes how requests were answered; when it resolves, every one counted before the call is stored. */
export function flushServed(): Promise<void> {
  const state = writing()
  const own = state.last.catch(() => {}).then(writeTaken)
  state.last = own
  return own
}
