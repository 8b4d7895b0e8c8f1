import { z } from 'zod'
import { defineSetting, type Setting } from '@/lib/settings'
import { archivePolicySchema } from './operations'

/** Days before a sunset at which those who have not acknowledged it, or read on, are reminded. */
export const sunsetReminders = defineSetting({
  key: 'retirement.sunset_reminders',
  schema: z.array(z.int().min(1).max(365)).max(10),
  fallback: [30, 7, 1],
  about: 'Days before a sunset at which readers who have not acknowledged it, or read on, are reminded.',
})

/** Which old versions are archived without anybody asking. */
export const archivePolicy = defineSetting({
  key: 'retirement.archive_policy',
  schema: archivePolicySchema,
  fallback: { enabled: false, unread_days: 90, successor_days: 30 },
  about:
    'Archives, once a day, versions that were not read for so many days and whose successor has been active for so many.',
})

export const retirementSettings: readonly Setting<unknown>[] = [sunsetReminders, archivePolicy]
