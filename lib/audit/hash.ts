import { canonicalJson, sha256, toJson } from './canonical'

/** What a row's hash covers: everything but the hash itself. */
export interface HashedRow {
  id: string
  time: string
  actorKind: string
  actorId: string
  actorName: string
  onBehalfOf: string | null
  via: string
  action: string
  resourceKind: string
  resourceName: string
  environment: string | null
  verdict: string
  policies: string[]
  policyVersion: string
  reason: string | null
  before: unknown
  after: unknown
  requestId: string
}

const instantPattern = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?(?:Z|\+00(?::?00)?)$/

/** One text for one instant, with microseconds, from ISO or from PostgreSQL's own form in UTC. */
export function canonicalInstant(text: string): string {
  const [, day, time, fraction] = instantPattern.exec(text) ?? []
  if (day === undefined) throw new Error(`Not an instant in UTC: ${text}`)
  return `${day}T${time}.${(fraction ?? '').padEnd(6, '0')}Z`
}

/** SHA-256 over the row's canonical JSON, hex: the same before it is written and after it is read. */
export function hashRow(row: HashedRow): string {
  const { id, actorKind, actorId, actorName, onBehalfOf, via, action, resourceKind, resourceName } = row
  const { environment, verdict, policies, policyVersion, reason, before, after, requestId } = row
  const who = { actorKind, actorId, actorName, onBehalfOf, via, requestId }
  const what = { action, resourceKind, resourceName, environment, verdict, policies, policyVersion }
  const why = { reason, before: before ?? null, after: after ?? null }
  return sha256(canonicalJson(toJson({ id, time: canonicalInstant(row.time), ...who, ...what, ...why })))
}

export const genesisHash = '0'.repeat(64)

/** One link over one row: it depends on every link before it. */
export const hashLink = (seq: number, prevHash: string, auditId: string, rowHash: string) =>
  sha256([seq, prevHash, auditId, rowHash].join('\n'))
