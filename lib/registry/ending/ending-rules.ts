import type { Executor } from '@/db/client'
import type { Context } from '@/lib/core/context'
import { invalidField } from '@/lib/core/errors'
import { readSetting } from '@/lib/settings'
import { instantMilliseconds, isoInstant } from '../instants'
import { endingsSetting } from '../registry-settings'

const dayMs = 86_400_000
const rule = 'The organisation’s rule `registry.endings`'

/**
 * Holds a sunset to the organisation's notice. One that is only moved further away keeps what was promised.
 * Errors: `invalid` at `/sunset_at`.
 */
export async function requireNotice(
  executor: Executor,
  ctx: Context,
  { sunsetAt, before }: { sunsetAt: string | null; before: string | null },
): Promise<void> {
  if (sunsetAt === null) return
  const sunset = instantMilliseconds(sunsetAt)
  if (before !== null && sunset >= instantMilliseconds(before)) return
  const { minimum_notice_days: days } = await readSetting(executor, endingsSetting)
  if (days === 0) return
  const earliest = ctx.now().getTime() + days * dayMs
  if (sunset >= earliest) return
  throw invalidField(
    '/sunset_at',
    `${rule} gives readers ${days} days of notice: the earliest sunset is ${isoInstant(new Date(earliest).toISOString())}.`,
    'notice_too_short',
  )
}

/** Holds a grace to the longest that the organisation allows. Errors: `invalid` at `/until`. */
export async function requireShortGrace(executor: Executor, sunsetAt: string, until: string): Promise<void> {
  const { longest_grace_days: days } = await readSetting(executor, endingsSetting)
  if (days === 0) return
  const latest = instantMilliseconds(sunsetAt) + days * dayMs
  if (instantMilliseconds(until) <= latest) return
  throw invalidField(
    '/until',
    `${rule} ends a grace ${days} days after the sunset: ${isoInstant(new Date(latest).toISOString())} at the latest.`,
    'grace_too_long',
  )
}
