import { inArray, max } from 'drizzle-orm'
import { db } from '@/db/client'
import { versionEnvironments } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { invalidField } from '@/lib/core/errors'
import { microsFromDate, parseEventTime } from '@/lib/core/feature-type'
import { instantMicros } from '@/lib/offline'
import { isoInstant, type ServingVersion } from '@/lib/registry'

/** The newest commit of the versions, which a clock that stands still may not have reached. */
async function newestCommit(versions: readonly ServingVersion[]): Promise<bigint> {
  const views = versions.map(({ viewId }) => viewId)
  if (views.length === 0) return 0n
  const [row] = await db()
    .select({ created: max(versionEnvironments.lastCreated) })
    .from(versionEnvironments)
    .where(inArray(versionEnvironments.viewId, views))
  return row?.created ? (parseEventTime(isoInstant(row.created)) ?? 0n) : 0n
}

/** The instant as of which a dataset is read, fixed when it is asked for. Errors: invalid at `/known_at`. */
export async function fixedKnownAt(
  ctx: Context,
  asked: string | undefined,
  versions: readonly ServingVersion[],
): Promise<bigint> {
  const now = microsFromDate(ctx.now())
  const newest = await newestCommit(versions)
  const latest = now > newest ? now : newest
  if (asked === undefined) return latest
  if (asked === 'event') {
    throw invalidField(
      '/known_at',
      'A dataset is read as of one instant; state it, or leave it out.',
      'timestamp',
    )
  }
  const micros = instantMicros(asked, '/known_at')
  if (micros <= latest) return micros
  throw invalidField('/known_at', 'lies in the future: what will be known then is not known.', 'future')
}
