import { and, count, desc, eq, gte, isNotNull, isNull, not, type SQL, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { contractBreaches } from '@/db/schema'
import { authorize } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { csvLine } from '@/lib/core/csv-line'
import { isoInstant, offsetOf, pageOf } from '@/lib/registry'
import { type ContractedVersion, contractedVersion } from './contracted-version'
import type { ListBreachesQuery } from './operations'
import type { BreachResource } from './resources'

/** Breaches that name a feature which is hidden from the reader. Names hold only a-z, 0-9 and _. */
export function namesHidden(hidden: readonly string[]): SQL {
  if (hidden.length === 0) return sql`false`
  const { feature, rule, promised, observed } = contractBreaches
  const pattern = `\\m(${hidden.join('|')})\\M`
  return sql`(coalesce(${feature}, '') || ' ' || ${rule} || ' ' || ${promised} || ' ' || ${observed}) ~ ${pattern}`
}

const orNull = (text: string | null) => (text === null ? null : isoInstant(text))

const resourceOf = (row: typeof contractBreaches.$inferSelect, major: number): BreachResource => ({
  id: row.id,
  term: row.term,
  rule: row.rule,
  feature: row.feature,
  outcome: row.outcome,
  severity: row.severity,
  contract: row.contractNumber,
  version: major,
  environment: row.environment,
  commit: row.commitId,
  window:
    row.windowStart === null || row.windowEnd === null
      ? null
      : { start: isoInstant(row.windowStart), end: isoInstant(row.windowEnd) },
  rows: row.rows,
  checked: row.checked,
  observed: row.observed,
  promised: row.promised,
  occurrences: row.occurrences,
  opened_at: isoInstant(row.openedAt),
  last_at: isoInstant(row.lastAt),
  closed_at: orNull(row.closedAt),
})

const conditions = (
  { versionId, hidden }: ContractedVersion,
  { state, outcome, since }: Partial<ListBreachesQuery>,
  environment: string,
): SQL | undefined =>
  and(
    eq(contractBreaches.versionId, versionId),
    eq(contractBreaches.environment, environment),
    not(namesHidden(hidden)),
    state === 'open' ? isNull(contractBreaches.closedAt) : undefined,
    state === 'closed' ? isNotNull(contractBreaches.closedAt) : undefined,
    outcome ? eq(contractBreaches.outcome, outcome) : undefined,
    since ? gte(contractBreaches.lastAt, since) : undefined,
  )

/** What broke the contract of a version, newest first. Errors: not_found, forbidden, invalid. */
export async function listBreaches(
  ctx: Context,
  input: { group: string } & Omit<ListBreachesQuery, 'format'>,
) {
  const version = await contractedVersion(ctx, input.group, input.version)
  await authorize(ctx, 'group:read_statistics', version.facts)
  const offset = offsetOf(input.cursor)
  const where = conditions(version, input, ctx.environment)
  const rows = await db()
    .select()
    .from(contractBreaches)
    .where(where)
    .orderBy(
      desc(contractBreaches.openedAt),
      sql`${contractBreaches.windowStart} desc nulls last`,
      desc(contractBreaches.id),
    )
    .limit(input.limit)
    .offset(offset)
  const [counted] = await db().select({ total: count() }).from(contractBreaches).where(where)
  const data = rows.map((row) => resourceOf(row, version.major))
  return pageOf(data, offset, input.limit, counted?.total ?? 0)
}

const columns = [
  'opened_at',
  'closed_at',
  'severity',
  'outcome',
  'term',
  'promised',
  'observed',
  'rows',
  'checked',
  'occurrences',
  'commit',
  'contract',
] as const

/** Every breach that the filters leave as CSV, page by page. Errors: as listBreaches. */
export async function breachesCsv(
  ctx: Context,
  input: { group: string } & Omit<ListBreachesQuery, 'format'>,
): Promise<AsyncGenerator<string>> {
  const first = await listBreaches(ctx, { ...input, limit: 200 })
  return (async function* () {
    yield csvLine(columns)
    for (let page = first; ; ) {
      yield page.data.map((one) => csvLine(columns.map((name) => one[name]))).join('')
      const cursor = page.meta.next_cursor
      if (cursor === null) return
      page = await listBreaches(ctx, { ...input, limit: 200, cursor })
    }
  })()
}
