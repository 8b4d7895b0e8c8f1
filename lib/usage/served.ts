import type { Actor } from '@/lib/core/context'
import { singleton } from '@/lib/core/singleton'
import { bucketOf, latencyBuckets } from './latency'

/** Answers of one hour that are alike in everything but how long they took. */
export interface Served {
  hour: number
  environment: string
  route: string
  service: string
  consumerKind: string
  consumerId: string
  status: number
  requests: number
  /** By bucket of `bucketOf`. */
  latency: Uint32Array
}

/** What was asked: the operation's id, and the service where one was named, else ''. */
export interface ServedRequest {
  route: string
  environment: string
  service: string
}

const longestName = 63

const nameIn = (body: unknown, member: string): string | null => {
  if (typeof body !== 'object' || body === null) return null
  const value: unknown = Reflect.get(body, member)
  return typeof value === 'string' && value.length <= longestName ? value : null
}

/** Which service and environment a body asks for; all interfaces name them alike. */
export const servedRequest = (route: string, environment: string, body: unknown): ServedRequest => ({
  route,
  environment: nameIn(body, 'environment') ?? environment,
  service: nameIn(body, 'feature_service') ?? '',
})

/** Whether two are one row, once they are of one consumer and service. */
const isAlike = (one: Served, other: Served): boolean =>
  one.status === other.status &&
  one.hour === other.hour &&
  one.route === other.route &&
  one.environment === other.environment

function addServed(sum: Served, { requests, latency }: Served): void {
  sum.requests += requests
  for (const [bucket, count] of latency.entries()) sum.latency[bucket] = (sum.latency[bucket] ?? 0) + count
}

/** Where names of services turn out to mean none: what is one row is one of them. */
export function mergedServed(all: readonly Served[]): Served[] {
  const sums = new Map<string, Served>()
  for (const served of all) {
    const { hour, environment, route, service, consumerKind, consumerId, status } = served
    const key = JSON.stringify([hour, environment, route, service, consumerKind, consumerId, status])
    const sum = sums.get(key)
    if (sum) addServed(sum, served)
    else sums.set(key, { ...served, latency: served.latency.slice() })
  }
  return [...sums.values()]
}

interface Holder {
  /** By consumer, then by service: few are alike in both. */
  running: Map<string, Map<string, Served[]>>
  size: number
}

const holder = () => singleton<Holder>('usageServed', () => ({ running: new Map(), size: 0 }))

/** Reached only where the database cannot be written, or somebody asks for thousands of services that are not there. */
const mostServed = 20_000
const hourMilliseconds = 3_600_000

/** Who reads, as usage counts them: a key as itself, nobody as ''. */
function consumerOf(actor: Actor | null): { kind: string; id: string } {
  if (actor === null) return { kind: '', id: '' }
  return actor.kind === 'apiKey' ? { kind: 'key', id: actor.keyId } : { kind: actor.kind, id: actor.id }
}

function begun(actor: Actor | null, request: ServedRequest, status: number, hour: number): Served {
  const { kind, id } = consumerOf(actor)
  return {
    hour,
    ...request,
    consumerKind: kind,
    consumerId: id,
    status,
    requests: 0,
    latency: new Uint32Array(latencyBuckets),
  }
}

/**
 * Counts one answer and how long it took. Costs two map look-ups and an increment; written by the flush within a
 * second. A name that no service has is counted without it when it is written.
 */
export function countServed(
  actor: Actor | null,
  request: ServedRequest,
  status: number,
  milliseconds: number,
  nowMilliseconds: number,
): void {
  const state = holder()
  const hour = Math.floor(nowMilliseconds / hourMilliseconds)
  const consumerId = actor === null ? '' : actor.kind === 'apiKey' ? actor.keyId : actor.id
  const { route, environment, service } = request
  const services = state.running.get(consumerId) ?? new Map<string, Served[]>()
  const alike = services.get(service) ?? []
  let served = alike.find(
    (one) =>
      one.status === status && one.hour === hour && one.route === route && one.environment === environment,
  )
  if (!served) {
    if (state.size >= mostServed) return
    served = begun(actor, request, status, hour)
    alike.push(served)
    services.set(service, alike)
    state.running.set(consumerId, services)
    state.size++
  }
  served.requests++
  const bucket = bucketOf(milliseconds)
  served.latency[bucket] = (served.latency[bucket] ?? 0) + 1
}

/** Everything counted since the last call. */
export function takeServed(): Served[] {
  const state = holder()
  const taken = [...state.running.values()].flatMap((services) => [...services.values()].flat())
  state.running = new Map()
  state.size = 0
  return taken
}

/** Gives back what could not be written. */
export function returnServed(all: readonly Served[]): void {
  const state = holder()
  for (const served of all) {
    const services = state.running.get(served.consumerId) ?? new Map<string, Served[]>()
    const alike = services.get(served.service) ?? []
    const known = alike.find((one) => isAlike(one, served))
    if (known) addServed(known, served)
    else {
      alike.push(served)
      state.size++
    }
    services.set(served.service, alike)
    state.running.set(served.consumerId, services)
  }
}
