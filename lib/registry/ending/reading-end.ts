import { and, eq, isNull } from 'drizzle-orm'
import { db } from '@/db/client'
import { apiKeys } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { requireVersion } from '../get-feature-group'
import { instantMilliseconds, isoInstant } from '../instants'
import { describedGroup } from '../queries'
import { allGraces, isInForce } from './graces'

/** A version whose sunset has passed, as one reader has it. */
interface ReadingEnd {
  /** The sunset. */
  since: string
  /** The longest that this reader, or a key of theirs, has; null: reads answer 410. */
  grace: { of: 'all' | 'person' | 'key'; name: string; until: string } | null
}

async function keysOf({ actor }: Context): Promise<string[]> {
  if (actor.kind === 'apiKey') return [actor.keyId]
  const owned = and(eq(apiKeys.ownerId, actor.id), isNull(apiKeys.revokedAt))
  return (await db().select({ id: apiKeys.id }).from(apiKeys).where(owned)).map(({ id }) => id)
}

/** Since when a version is not read any more, and until when the caller may all the same; null before its sunset. Errors: `not_found`. */
export async function readingEnd(ctx: Context, group: string, major: number): Promise<ReadingEnd | null> {
  const { id, sunsetAt } = await requireVersion(await describedGroup(ctx, group), major)
  if (sunsetAt === null || instantMilliseconds(sunsetAt) > ctx.now().getTime()) return null
  const graces = (await allGraces(db(), id)).filter((grace) => isInForce(ctx, grace))
  const keys = graces.some(({ consumerKind }) => consumerKind === 'key') ? await keysOf(ctx) : []
  const own = graces.filter(
    ({ consumerKind, consumerId }) =>
      consumerKind === 'all' ||
      (consumerKind === 'key' ? keys.includes(consumerId) : consumerId === ctx.actor.id),
  )
  const [longest] = own.sort((a, b) => instantMilliseconds(b.until) - instantMilliseconds(a.until))
  const grace = longest && {
    of: longest.consumerKind,
    name: longest.consumerName,
    until: isoInstant(longest.until),
  }
  return { since: isoInstant(sunsetAt), grace: grace ?? null }
}
