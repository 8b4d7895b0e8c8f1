import { DomainError } from '@/lib/core/errors'
import type { usageBuckets } from '../usage-lists-operations'

export type UsageBucket = (typeof usageBuckets)[number]

const bucketMs = { day: 86_400_000, hour: 3_600_000 }
const mostBuckets = { day: 366, hour: 168 }
const usualBuckets = { day: 30, hour: 24 }

export interface UsageRange {
  from: Date
  to: Date
  bucket: UsageBucket
  /** The first instant of each bucket, UTC, oldest first; the last one holds `to`. */
  starts: string[]
}

interface AskedRange {
  from?: string | undefined
  to?: string | undefined
  bucket: UsageBucket
}

/** The buckets that were asked for, whole ones, in UTC. Errors: `invalid` where they are none or too many. */
export function usageRange({ from, to, bucket }: AskedRange, now: Date): UsageRange {
  const step = bucketMs[bucket]
  const toMs = to === undefined ? now.getTime() : Date.parse(to)
  const lastMs = Math.floor(toMs / step) * step
  const fromMs = from === undefined ? lastMs - (usualBuckets[bucket] - 1) * step : Date.parse(from)
  const firstMs = Math.floor(fromMs / step) * step
  const count = (lastMs - firstMs) / step + 1
  if (count < 1 || count > mostBuckets[bucket]) {
    const reason = count < 1 ? 'is after `to`' : `leaves more than ${mostBuckets[bucket]} ${bucket}s`
    throw new DomainError('invalid', `The range ${reason}.`, {
      errors: [{ pointer: '/from', reason, code: 'range' }],
    })
  }
  return {
    from: new Date(firstMs),
    to: new Date(Math.max(toMs, firstMs + 1)),
    bucket,
    starts: Array.from({ length: count }, (_, at) => new Date(firstMs + at * step).toISOString()),
  }
}
