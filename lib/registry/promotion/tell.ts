import type { Transaction } from '@/db/client'
import type { Context } from '@/lib/core/context'
import { notify } from '@/lib/notify'
import type { VersionRow } from '../definition'
import type { GroupRow } from '../queries'

interface Told {
  version: VersionRow
  environment: string
  kind: 'promoted' | 'rolled_back'
  reason: string | undefined
}

/** Tells the owners and followers of a group what an environment serves from now on. */
export async function tellPromoted(
  tx: Transaction,
  ctx: Context,
  { group }: GroupRow,
  { version, environment, kind, reason }: Told,
): Promise<void> {
  const name = `${group.name}@${version.major}`
  await notify(tx, ctx, {
    kind: 'change',
    to: { teams: [group.ownerTeamId], followers: true },
    asset: { kind: 'group', name: group.name },
    title:
      kind === 'promoted'
        ? `${ctx.actor.name} promoted ${name}: ${environment} serves it now`
        : `${ctx.actor.name} rolled ${environment} back to ${name}`,
    href: `/groups/${encodeURIComponent(group.name)}?tab=versions&environment=${encodeURIComponent(environment)}`,
    ...(reason === undefined ? {} : { body: reason }),
  })
}
