import type { Executor } from '@/db/client'
import type { Context } from '@/lib/core/context'
import type { Refusal } from './archive-refusal'
import { builtOnGroup } from './in-use'
import { versionsOf } from './queries'
import { holdsData } from './version-writes'

/** Why a group cannot be deleted, null when it is nothing but a draft without rows that nobody built on. */
export async function deletionRefusal(
  executor: Executor,
  ctx: Context,
  group: { id: string; name: string },
): Promise<Refusal | null> {
  const versions = await versionsOf(group.id, executor)
  const lived = versions.filter((version) => version.state !== 'draft')
  const ids = versions.map((version) => version.id)
  const users = [
    ...lived.map((one) => `version ${one.major}: ${one.state}`),
    ...(await builtOnGroup(executor, ctx, group)),
    ...((await holdsData(executor, ids)) ? ['rows were ingested'] : []),
  ]
  if (users.length === 0) return null
  return {
    because: `Feature group ${group.name} is in use (${users.join(', ')}) and stays. Only a draft without rows can be deleted; the rest is archived.`,
    users,
  }
}
