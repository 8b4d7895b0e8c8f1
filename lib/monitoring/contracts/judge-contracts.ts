import { type Transaction, withTransaction } from '@/db/client'
import {
  type Breach,
  type ContractedPlace,
  type ContractRow,
  closeWindows,
  contractedPlaces,
  contractInForce,
  judgedDays,
  keepBreaches,
  openWindowDays,
  saveDay,
  termOf,
} from '@/lib/contracts'
import { clockNow } from '@/lib/core/clock'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { logger } from '@/lib/core/logger'
import { repeat } from '@/lib/core/repeat'
import { systemContext } from '@/lib/identity'
import { resolveVersion, type ServingVersion } from '@/lib/registry'
import { dateOf, dayMs, windowStart } from '../calendar'
import { type DayJudgement, judgeFreshness, judgeRows } from './judge-day'

const tickMilliseconds = 5 * 60_000
/** Rows of a day may arrive on the day after it; its counts are judged when that has passed. */
const settleMs = dayMs
const mostDays = 28

interface JudgedDay {
  startMs: number
  /** Now: freshness alone. `passed`: for the first time since its rows have settled. `again`: rows came late. */
  as: 'now' | 'passed' | 'again'
}

async function daysToJudge(place: ContractedPlace, nowMs: number): Promise<JudgedDay[]> {
  const today = windowStart('day', nowMs)
  // The day on which the contract came into force was half without it.
  const firstMs = Math.max(windowStart('day', Date.parse(place.since)) + dayMs, today - mostDays * dayMs)
  const first = dateOf(firstMs)
  const [judged, open] = await Promise.all([judgedDays(place, first), openWindowDays(place, first)])
  const days: JudgedDay[] = [{ startMs: today, as: 'now' }]
  for (let startMs = firstMs; startMs + dayMs + settleMs <= nowMs; startMs += dayMs) {
    const day = dateOf(startMs)
    if (!judged.has(day)) days.push({ startMs, as: 'passed' })
    else if (open.has(day)) days.push({ startMs, as: 'again' })
  }
  return days
}

interface Judging {
  ctx: Context
  place: ContractedPlace
  startMs: number
  nowMs: number
  contract: ContractRow
  version: ServingVersion
}

const isoOfMs = (ms: number) => new Date(ms).toISOString()

async function keep(
  tx: Transaction,
  { place, startMs, nowMs, contract }: Judging,
  broken: DayJudgement['broken'],
  onSame: 'replace' | 'keep',
): Promise<void> {
  const event = {
    name: `day ${dateOf(startMs)}`,
    at: isoOfMs(nowMs),
    window: { start: isoOfMs(startMs), end: isoOfMs(startMs + dayMs) },
  }
  const breaches = broken.map((one): Breach => ({ ...one, outcome: 'window' }))
  await keepBreaches(tx, { ...place, contract: contract.number }, event, breaches, onSame)
}

/** How old the newest row is now, and whether rows were due today. */
async function judgeNow(judging: Judging): Promise<void> {
  const { place, startMs, nowMs, contract, version } = judging
  const { broken } = await judgeFreshness(version, contract.terms, { startMs, atMs: nowMs })
  await withTransaction(async (tx) => {
    await keep(tx, judging, broken, 'replace')
    await closeWindows(tx, place, { at: isoOfMs(nowMs), broken: broken.map(termOf), of: 'freshness' })
  })
}

/** Rows and nulls of a day that has passed; once, also whether it was fresh at its end. */
async function judgePassed(judging: Judging, isFirst: boolean): Promise<void> {
  const { ctx, place, startMs, nowMs, contract, version } = judging
  const counted = await judgeRows(version, contract.terms, startMs, ctx.signal)
  const fresh = isFirst
    ? await judgeFreshness(version, contract.terms, { startMs, atMs: startMs + dayMs })
    : { terms: 0, broken: [] }
  const terms = counted.terms + fresh.terms
  await withTransaction(async (tx) => {
    await keep(tx, judging, counted.broken, 'replace')
    await keep(tx, judging, fresh.broken, 'keep')
    const of = { day: isoOfMs(startMs) }
    await closeWindows(tx, place, { at: isoOfMs(nowMs), broken: counted.broken.map(termOf), of })
    if (isFirst && terms > 0)
      await saveDay(tx, {
        versionId: place.versionId,
        environment: place.environment,
        day: dateOf(startMs),
        contractNumber: contract.number,
        terms,
        broken: counted.broken.length + fresh.broken.length,
        judgedAt: isoOfMs(nowMs),
      })
  })
}

async function judgePlace(ctx: Context, place: ContractedPlace, nowMs: number): Promise<void> {
  const version = await resolveVersion(ctx, { group: place.group, version: place.major }, place.environment)
  for (const { startMs, as } of await daysToJudge(place, nowMs)) {
    ctx.signal.throwIfAborted()
    const contract = await contractInForce(place, new Date(Math.min(startMs + dayMs, nowMs)))
    if (!contract) continue
    const judging = { ctx, place, startMs, nowMs, contract, version }
    if (as === 'now') await judgeNow(judging)
    else await judgePassed(judging, as === 'passed')
  }
}

/** Judges what no batch can show by itself: freshness now, and rows and nulls of the days that have passed. */
export async function judgeContracts(now: Date = clockNow(), signal?: AbortSignal): Promise<void> {
  const nowMs = now.getTime()
  for (const place of await contractedPlaces(now)) {
    const ctx = systemContext({
      environment: place.environment,
      now: () => now,
      ...(signal ? { signal } : {}),
    })
    try {
      await judgePlace(ctx, place, nowMs)
    } catch (error) {
      signal?.throwIfAborted()
      // A removed group is no failure; any other place goes on without this one.
      if (error instanceof DomainError && error.code === 'not_found') continue
      logger().warn({ err: error, group: place.group }, 'the windows of a contract were not judged')
    }
  }
}

/** Judges contracts again and again until it is stopped. */
export const startContractWatch = (): { stop: () => Promise<void> } =>
  repeat(tickMilliseconds, 'contracts wait to be judged', (signal) => judgeContracts(clockNow(), signal))
