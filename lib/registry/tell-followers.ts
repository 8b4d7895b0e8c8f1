import type { Transaction } from '@/db/client'
import type { Context } from '@/lib/core/context'
import { notify } from '@/lib/notify'
import type { VersionRow } from './definition'
import type { GroupRow } from './queries'

/**
 * Who follows a group, or a feature of it, hears of a new version and of a new revision; not of the first of all. Of a
 * change set each hears once, however much of it is followed.
 */
export async function tellFollowers(
  tx: Transaction,
  ctx: Context,
  { group }: GroupRow,
  { major, revision }: Pick<VersionRow, 'major' | 'revision'>,
  { reason, changeSet }: { reason?: string | null | undefined; changeSet?: string | null | undefined },
): Promise<void> {
  const what = revision === 1 ? 'is a new version' : `has revision ${revision}`
  await notify(tx, ctx, {
    kind: 'change',
    to: { followers: true },
    asset: { kind: 'group', name: group.name },
    title: `\`${group.name}@${major}\` ${what}${changeSet ? ', with others of a change set' : ''}`,
    body: reason ?? '',
    href: changeSet
      ? `/governance/change-sets/${changeSet}`
      : `/groups/${encodeURIComponent(group.name)}?tab=versions&version=${major}`,
    once: changeSet ? `change-set:${changeSet}` : `revision:${group.id}:${major}:${revision}`,
  })
}
