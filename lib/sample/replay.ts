import { setTimeout as wait } from 'node:timers/promises'
import { db } from '@/db/client'
import { authorize } from '@/lib/audit'
import { systemResource } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { env } from '@/lib/core/env'
import { DomainError } from '@/lib/core/errors'
import { readOnlineFeatures } from '@/lib/online'
import { flushUsage } from '@/lib/usage'
import { addDays, calendarAt } from './calendar'
import { daysHeldBack } from './held-back'
import { consumerContexts } from './keys'
import { withSampleLock } from './sample-lock'
import { afterArrival } from './scheduled-runs'
import { readState, writeState } from './state'
import { arrive, askedOn } from './upstream'

const keysARead = 20

export interface ReplayedDay {
  day: string
  rows: number
  /** Requests of the two consumers. */
  reads: number
  seconds: number
}

export interface ReplayOptions {
  /** At most so many days; null: all that are held back. */
  days?: number | null
  /** Pause between two days. */
  everySeconds?: number
  onDay?: (day: ReplayedDay) => void
}

/** The day's file arrives, and the product's own scheduler sees it and lets every group compute what it closes. */
const ingestDay = (ctx: Context, day: string): Promise<number> =>
  afterArrival(ctx, () => arrive(env().home, day))

/** Both models ask for the features of some of the day's flights, with their own keys. */
async function readDay(ctx: Context, day: string): Promise<number> {
  const asked = await askedOn(env().home, day)
  let reads = 0
  for (const { service, as } of await consumerContexts(ctx)) {
    for (let start = 0; start < asked.length; start += keysARead) {
      const flights = asked.slice(start, start + keysARead)
      const origins = flights.map(({ origin }) => origin)
      const destinations = flights.map(({ destination }) => destination)
      await readOnlineFeatures(as, {
        feature_service: service,
        entities: { airport_code: origins, origin: origins, destination: destinations },
        purpose: 'flight delay prediction',
      })
      reads++
    }
  }
  return reads
}

async function replayDay(ctx: Context, day: string): Promise<ReplayedDay> {
  const since = performance.now()
  const rows = await ingestDay(ctx, day)
  const reads = await readDay(ctx, day)
  return { day, rows, reads, seconds: (performance.now() - since) / 1000 }
}

/** The next held-back day, once the sample is loaded and the day is not the last. */
async function replayNext(ctx: Context): Promise<ReplayedDay | null> {
  return withSampleLock(async () => {
    const state = await readState()
    if (state?.state !== 'loaded') {
      throw new DomainError('conflict', 'The sample is not loaded: npm run almanac -- sample load')
    }
    const day = state.next_day
    if (!calendarAt(state.shift_weeks).heldBack.includes(day)) return null
    const replayed = await replayDay(ctx, day)
    await writeState(db(), { ...state, next_day: addDays(day, 1) }, ctx.now())
    return replayed
  })
}

async function daysLeft(): Promise<number> {
  const state = await readState()
  return state ? daysHeldBack(state).length : 0
}

/**
 * Brings the held-back days in, one a tick: the day's file arrives, the scheduler finds it and runs every group's
 * transformation, and two service keys read online. A day that was interrupted goes on where it stopped.
 * Needs the offline engine and somebody who runs jobs. Errors: forbidden; conflict when the sample is not loaded.
 */
export async function replaySample(
  ctx: Context,
  { days = null, everySeconds = 0, onDay = () => {} }: ReplayOptions = {},
): Promise<{ replayed: number; left: number }> {
  await authorize(ctx, 'settings:manage', systemResource)
  let replayed = 0
  try {
    while (days === null || replayed < days) {
      if (replayed > 0 && everySeconds > 0) await wait(everySeconds * 1000, undefined, { signal: ctx.signal })
      const day = await replayNext(ctx)
      if (!day) break
      replayed++
      onDay(day)
    }
  } finally {
    await flushUsage()
  }
  return { replayed, left: await daysLeft() }
}
