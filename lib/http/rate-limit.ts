import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { singleton } from '@/lib/core/singleton'
import { anonymousId } from './context'

const perSecond = { default: 100, serving: 5000, sign_in: 5 }
type RateLimitClass = keyof typeof perSecond | 'none'

/** Whom a bucket belongs to: a key, a person, or the address of who does not say. */
export function callerOf({ actor, address }: Pick<Context, 'actor' | 'address'>): string {
  if (actor.kind === 'apiKey') return actor.keyId
  return actor.id === anonymousId ? `${anonymousId} ${address}` : actor.id
}

interface Bucket {
  tokens: number
  at: number
}

const buckets = () => singleton('rateLimitBuckets', () => new Map<string, Bucket>())
const mostBuckets = 50_000

/** One token bucket a caller and class, refilled continuously. Throws `rate_limited` when it is empty. Returns the answer's headers. */
export function takeToken(
  caller: string,
  kind: RateLimitClass,
  nowMilliseconds: number,
): Record<string, string> {
  if (kind === 'none') return {}
  const rate = perSecond[kind]
  const key = `${kind}:${caller}`
  const store = buckets()
  if (store.size > mostBuckets) store.clear()
  const bucket = store.get(key) ?? { tokens: rate, at: nowMilliseconds }
  bucket.tokens = Math.min(rate, bucket.tokens + ((nowMilliseconds - bucket.at) / 1000) * rate)
  bucket.at = nowMilliseconds
  store.set(key, bucket)
  const policy = `"${kind}";q=${rate};w=1`
  if (bucket.tokens < 1) {
    throw new DomainError(
      'rate_limited',
      `More than ${rate} requests in a second by one caller. Slow down and try again.`,
      {
        retryAfterSeconds: 1,
        headers: { 'ratelimit-policy': policy, ratelimit: `"${kind}";r=0;t=1` },
      },
    )
  }
  bucket.tokens -= 1
  return { 'ratelimit-policy': policy, ratelimit: `"${kind}";r=${Math.floor(bucket.tokens)};t=1` }
}
