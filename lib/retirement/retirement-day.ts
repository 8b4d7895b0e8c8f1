import { and, eq, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { jobs } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { repeat } from '@/lib/core/repeat'
import { systemContext } from '@/lib/identity'
import { enqueue } from '@/lib/queue'
import { remindOfSunsets } from '@/lib/registry'
import { readSetting } from '@/lib/settings'
import { tendCampaigns } from './campaigns/close-campaign'
import { archiveByPolicy } from './run-archiving'
import { archivePolicy, sunsetReminders } from './settings'

type Progress = (done: number, total: number, message: string) => Promise<void>

/** What is due once a day: reminders of sunsets, what campaigns wait for, and the archive policy where it is switched on. */
export async function retirementDay(ctx: Context, progress: Progress) {
  const reminders = await remindOfSunsets(ctx, await readSetting(db(), sunsetReminders))
  const campaigns = await tendCampaigns(ctx)
  const { enabled } = await readSetting(db(), archivePolicy)
  const { archived, failed } = enabled ? await archiveByPolicy(ctx, progress) : { archived: [], failed: [] }
  return { reminders, campaigns, archived, failed }
}

/** Queues the day's work once a UTC day. */
async function queueDay(): Promise<void> {
  const ctx = systemContext()
  const day = ctx.now().toISOString().slice(0, 10)
  const today = and(eq(jobs.kind, 'retirement_day'), sql`${jobs.input} ->> 'day' = ${day}`)
  if ((await db().$count(jobs, today)) > 0) return
  await enqueue(db(), ctx, {
    kind: 'retirement_day',
    input: { day },
    title: `Remind of sunsets and look after what is retired, ${day}`,
    resource: { kind: 'system', name: 'retirement' },
    once: 'retirement_day',
  })
}

/** The day begins within this time. */
const lookMilliseconds = 600_000

/** Queues what is due each day until it is stopped. */
export function startRetirement(): { stop: () => Promise<void> } {
  const looks = repeat(lookMilliseconds, 'the day’s reminders are waiting', queueDay)
  return { stop: () => looks.stop() }
}
