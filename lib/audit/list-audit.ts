import { and, count, desc, eq, gte, ilike, like, lt, or, type SQL, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { db } from '@/db/client'
import { auditChain, auditLog } from '@/db/schema'
import { systemResource } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { invalidField } from '@/lib/core/errors'
import { parseInput } from '@/lib/core/parse-input'
import { authorize, authorizeAtAll } from './authorize'
import { canonicalInstant } from './hash'
import { type AuditRow, auditQuery } from './operations'
import { type ChainReport, verifyChain } from './verify'

type Query = z.output<typeof auditQuery>

const auditResource = { ...systemResource, kind: 'audit' as const, id: 'audit', name: 'the audit log' }

const encodeCursor = (time: string, id: string) =>
  Buffer.from(JSON.stringify([time, id])).toString('base64url')

const cursorPattern = /^\["(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z)","([0-9a-f]{1,64})"\]$/

function afterCursor(cursor: string): SQL {
  const [, time, id] = cursorPattern.exec(Buffer.from(cursor, 'base64url').toString()) ?? []
  if (time === undefined) throw invalidField('/cursor', 'This cursor was not given by this list.')
  return sql`(${auditLog.time}, ${auditLog.id}) < (${time}::timestamptz, ${id})`
}

function aboutResource(text: string): SQL | undefined {
  const [kind, ...rest] = text.split(':')
  const name = rest.join(':')
  const whole = named(text)
  if (!kind || !name) return whole
  return or(whole, and(eq(auditLog.resourceKind, kind), named(name)))
}

const literal = (text: string) => text.replaceAll(/[\\%_]/g, '\\$&')

/** An asset and its versions: acts on a version are recorded as `name@n`. */
const named = (name: string): SQL | undefined =>
  or(eq(auditLog.resourceName, name), like(auditLog.resourceName, `${literal(name)}@%`))

/** An id, or any part of a name: people look for somebody by the first name. */
const byActor = (text: string) =>
  or(
    eq(auditLog.actorId, text),
    ilike(auditLog.actorName, `%${literal(text)}%`),
    eq(auditLog.onBehalfOf, text),
  )

const filters = (query: Query) =>
  and(
    query.actor === undefined ? undefined : byActor(query.actor),
    query.action === undefined ? undefined : eq(auditLog.action, query.action),
    query.resource === undefined ? undefined : aboutResource(query.resource),
    query.verdict === undefined ? undefined : eq(auditLog.verdict, query.verdict),
    query.from === undefined ? undefined : gte(auditLog.time, query.from),
    query.to === undefined ? undefined : lt(auditLog.time, query.to),
  )

interface Joined {
  row: typeof auditLog.$inferSelect
  link: typeof auditChain.$inferSelect | null
}

const serialize = ({ row, link }: Joined): AuditRow => ({
  id: row.id,
  seq: link?.seq ?? null,
  time: canonicalInstant(row.time),
  actor: { kind: row.actorKind, id: row.actorId, name: row.actorName },
  on_behalf_of: row.onBehalfOf,
  via: row.via,
  action: row.action,
  resource: { kind: row.resourceKind, name: row.resourceName },
  environment: row.environment,
  verdict: row.verdict,
  policies: row.policies,
  policy_version: row.policyVersion,
  reason: row.reason,
  before: row.before,
  after: row.after,
  request_id: row.requestId,
  hash: row.hash,
  prev_hash: link?.prevHash ?? null,
  chain_hash: link?.hash ?? null,
})

export interface AuditPage {
  data: AuditRow[]
  meta: { next_cursor: string | null; total: number }
}

/** The audit log, newest first. Errors: `forbidden`; `invalid` for a filter or cursor that is none. */
export async function listAudit(ctx: Context, input: unknown): Promise<AuditPage> {
  await authorizeAtAll(ctx, 'audit:read')
  const query = parseInput(auditQuery, input)
  await authorize(ctx, 'audit:read', auditResource)
  const wanted = filters(query)
  const [counted] = await db().select({ total: count() }).from(auditLog).where(wanted)
  const found = await db()
    .select({ row: auditLog, link: auditChain })
    .from(auditLog)
    .leftJoin(auditChain, eq(auditChain.auditId, auditLog.id))
    .where(and(wanted, query.cursor === undefined ? undefined : afterCursor(query.cursor)))
    .orderBy(desc(auditLog.time), desc(auditLog.id))
    .limit(query.limit + 1)
  const data = found.slice(0, query.limit).map(serialize)
  const last = data.at(-1)
  const next = found.length > query.limit && last ? encodeCursor(last.time, last.id) : null
  return { data, meta: { next_cursor: next, total: counted?.total ?? 0 } }
}

/** Verifies the chain for someone who may read it. */
export async function verifyAudit(ctx: Context): Promise<ChainReport> {
  await authorize(ctx, 'audit:read', auditResource)
  return verifyChain()
}
