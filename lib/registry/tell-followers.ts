import type { Transaction } from '@/db/client'
import type { Context } from '@/lib/core/context'
import { notify } from '@/lib/notify'
import type { VersionRow } from './definition'
import type { GroupRow } from './queries'

/** Who follows a group, or a feature of it, hears of a new version and of a new revision; not of the first of all. */
export async function tellFollowers(
  tx: Transaction,
  ctx: Context,
  { group }: GroupRow,
  { major, revision }: Pick<VersionRow, 'major' | 'revision'>,
  reason: string | null | undefined,
): Promise<void> {
  await notify(tx, ctx, {
    kind: 'change',
    to: { followers: true },
    asset: { kind: 'group', name: group.name },
    title:
      revision === 1
        ? `\`${group.name}@${major}\` is a new version`
        : `\`${group.name}@${major}\` has revision ${revision}`,
    body: reason ?? '',
    href: `/groups/${encodeURIComponent(group.name)}?tab=versions&version=${major}`,
    once: `revision:${group.id}:${major}:${revision}`,
  })
}
