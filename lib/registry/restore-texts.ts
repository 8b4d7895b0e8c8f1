import { eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Transaction } from '@/db/client'
import { featureGroups } from '@/db/schema'
import type { Change } from './diff'
import { type GroupRow, lockGroup } from './queries'
import { type Stated, statedChanges, statedOf } from './stated'

/** What restoring says again of a group; its class, owner and domain have rules of their own. */
const texts = z.object({
  description: z.string().optional(),
  tags: z.array(z.string()).optional(),
  note: z.string().nullable().optional(),
})

/** What saying again what was said of a group would change. */
export const textChanges = (row: GroupRow, stated: Stated): Change[] =>
  statedChanges(statedOf(row), { ...statedOf(row), ...texts.parse(stated) })

/** Says of a group again what was said of it then: description, tags and note. Answers the group afterwards. */
export async function restoreTexts(tx: Transaction, row: GroupRow, stated: Stated): Promise<GroupRow> {
  if (textChanges(row, stated).length === 0) return row
  await tx.update(featureGroups).set(texts.parse(stated)).where(eq(featureGroups.id, row.group.id))
  return lockGroup(tx, row.group.name)
}
