import { db } from '@/db/client'
import type { Context } from '@/lib/core/context'
import { archiveRefusal, type Refusal } from '../archive-refusal'
import { requireVersion } from '../get-feature-group'
import { describedGroup } from '../queries'

/** Why a version cannot be archived now, null when it can; users by name as far as the asker may know. Errors: `not_found`. */
export async function archiveRefusalOf(ctx: Context, group: string, major: number): Promise<Refusal | null> {
  const row = await describedGroup(ctx, group)
  return archiveRefusal(db(), ctx, row, await requireVersion(row, major))
}
