import { db } from '@/db/client'
import type { Context } from '@/lib/core/context'
import { requireVersion } from '../get-feature-group'
import { isoInstant } from '../instants'
import { describedGroup } from '../queries'
import { allGraces, isInForce } from './graces'

/** Who may read a version past its sunset, and until when, for whoever may know of the group. */
interface OpenGrace {
  kind: 'all' | 'key' | 'person'
  name: string
  until: string
}

/** Graces that are in force, oldest first. Errors: `not_found`. */
export async function openGraces(ctx: Context, group: string, major: number): Promise<OpenGrace[]> {
  const version = await requireVersion(await describedGroup(ctx, group), major)
  return (await allGraces(db(), version.id))
    .filter((grace) => isInForce(ctx, grace))
    .map(({ consumerKind, consumerName, until }) => ({
      kind: consumerKind,
      name: consumerName,
      until: isoInstant(until),
    }))
}
