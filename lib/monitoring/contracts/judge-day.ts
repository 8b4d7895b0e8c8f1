import { and, eq, gt, gte, isNull, lt, lte, ne, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { commits, type GroupTerms } from '@/db/schema'
import type { Breach } from '@/lib/contracts'
import { durationSeconds } from '@/lib/core/duration'
import { historyOf, offlineStore } from '@/lib/offline'
import type { ServingVersion } from '@/lib/registry'
import { dayMs } from '../calendar'

type WindowBreach = Omit<Breach, 'outcome'>

/** What was judged of one day, and what of it was broken. */
export interface DayJudgement {
  terms: number
  broken: WindowBreach[]
}

interface Day {
  startMs: number
  /** The end of the day; now, while it runs. */
  atMs: number
}

const severityOf = (terms: GroupTerms, own: string | undefined): Breach['severity'] =>
  (own ?? terms.enforcement ?? 'strict') === 'warn' ? 'warn' : 'fail'

const inForce = ({ versionId, environment }: ServingVersion) =>
  and(
    eq(commits.versionId, versionId),
    eq(commits.environment, environment),
    ne(commits.kind, 'revert'),
    isNull(commits.revertedBy),
  )

/** The newest event time that was there at an instant; none before the first commit. */
async function newestAt(version: ServingVersion, atMs: number): Promise<number | null> {
  const at = new Date(atMs).toISOString()
  const [row] = await db()
    .select({
      newest: sql<
        number | null
      >`extract(epoch from max(least(${commits.maxEventTime}, ${at}::timestamptz)))::float8`,
    })
    .from(commits)
    .where(and(inForce(version), lte(commits.created, at)))
  return row?.newest == null ? null : row.newest * 1000
}

async function arrivedBetween(version: ServingVersion, fromMs: number, toMs: number): Promise<boolean> {
  const rows = await db()
    .select({ id: commits.id })
    .from(commits)
    .where(
      and(
        inForce(version),
        gt(commits.rows, 0),
        gte(commits.created, new Date(fromMs).toISOString()),
        lt(commits.created, new Date(toMs).toISOString()),
      ),
    )
    .limit(1)
  return rows.length > 0
}

const minuteOf = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3))

/** Age of the newest event, and arrival by a time of day. */
export async function judgeFreshness(
  version: ServingVersion,
  terms: GroupTerms,
  { startMs, atMs }: Day,
): Promise<DayJudgement> {
  const { freshness } = terms
  const judged: DayJudgement = { terms: 0, broken: [] }
  if (!freshness) return judged
  const severity = severityOf(terms, freshness.enforcement)
  const add = (feature: string, observed: string, promised: string) =>
    judged.broken.push({ rule: 'freshness', feature, severity, rows: 0, checked: null, observed, promised })
  const ageSeconds = freshness.max_age ? durationSeconds(freshness.max_age) : null
  if (ageSeconds !== null) {
    judged.terms++
    const newest = await newestAt(version, atMs)
    if (newest === null || atMs - newest > ageSeconds * 1000) {
      const seen = newest === null ? 'no rows yet' : `newest event ${new Date(newest).toISOString()}`
      add('max_age', seen, `newest event at most ${freshness.max_age} old`)
    }
  }
  const dueMs = freshness.by ? startMs + minuteOf(freshness.by) * 60_000 : null
  if (dueMs !== null && atMs >= dueMs) {
    judged.terms++
    if (!(await arrivedBetween(version, startMs, dueMs)))
      add('by', `no rows by ${freshness.by} UTC`, `rows each day by ${freshness.by} UTC`)
  }
  return judged
}

/** Rows and nulls of the day's event times, tombstones left out. */
export async function judgeRows(
  version: ServingVersion,
  terms: GroupTerms,
  startMs: number,
  signal: AbortSignal,
): Promise<DayJudgement> {
  const judged: DayJudgement = { terms: 0, broken: [] }
  const perDay = terms.rows?.per_day
  const shares = (terms.null_share ?? []).filter(({ feature }) =>
    version.features.some(({ name }) => name === feature),
  )
  if (!perDay && shares.length === 0) return judged
  const { rows, columns } = await offlineStore().profile(
    {
      source: await historyOf(version),
      columns: shares.map(({ feature }) => feature),
      fromMicros: BigInt(startMs) * 1000n,
      toMicros: BigInt(startMs + dayMs) * 1000n,
    },
    signal,
  )
  if (perDay) {
    judged.terms++
    const bounds = [
      ...(perDay.min === undefined ? [] : [`at least ${perDay.min}`]),
      ...(perDay.max === undefined ? [] : [`at most ${perDay.max}`]),
    ]
    if (rows < (perDay.min ?? 0) || rows > (perDay.max ?? Number.POSITIVE_INFINITY))
      judged.broken.push({
        rule: 'rows',
        feature: null,
        severity: severityOf(terms, terms.rows?.enforcement),
        rows,
        checked: rows,
        observed: rows === 1 ? '1 row' : `${rows} rows`,
        promised: `${bounds.join(' and ')} rows a day`,
      })
  }
  for (const { feature, max, enforcement } of shares) {
    judged.terms++
    const nulls = columns.find(({ name }) => name === feature)?.nulls ?? 0
    if (rows === 0 || nulls / rows <= max) continue
    judged.broken.push({
      rule: 'null_share',
      feature,
      severity: severityOf(terms, enforcement),
      rows: nulls,
      checked: rows,
      observed: `${nulls} of ${rows} rows are null`,
      promised: `at most ${Number((max * 100).toPrecision(6))} % null a day`,
    })
  }
  return judged
}
