import type { Transaction } from '@/db/client'
import type { ownershipTransfers } from '@/db/schema'
import { record } from '@/lib/audit'
import type { Decision } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { notify } from '@/lib/notify'
import { changingAct, inOrder, moveAsset } from './assets'
import type { OwnedAsset } from './operations'

const rooms: Record<OwnedAsset['kind'], string> = {
  group: '/groups',
  service: '/services',
  dataset: '/datasets',
  entity: '/entities',
  source: '/sources',
  domain: '/domains',
}

interface Move {
  transfer: Pick<
    typeof ownershipTransfers.$inferSelect,
    'id' | 'assets' | 'fromTeamId' | 'toTeamId' | 'reason' | 'proposedBy'
  >
  from: string
  to: string
  decision: Decision
}

/** Who follows an asset hears that it has another owner; a domain is followed by nobody. */
async function tellFollowers(tx: Transaction, ctx: Context, { kind, name }: OwnedAsset, move: Move) {
  if (kind === 'domain') return
  await notify(tx, ctx, {
    kind: 'ownership',
    to: { followers: true, teams: [move.transfer.fromTeamId], people: [move.transfer.proposedBy] },
    asset: { kind, name },
    title: `\`${name}\` now belongs to team \`${move.to}\``,
    body: `It was \`${move.from}\`’s. ${move.transfer.reason}`,
    href: `${rooms[kind]}/${encodeURIComponent(name)}`,
    once: `transfer:${move.transfer.id}:${kind}:${name}`,
  })
}

/**
 * Moves all assets of a transfer or none, each with its own audit row. Errors: `conflict` when one of them is another
 * team's by now, `not_found` when it is gone.
 */
export async function moveAll(tx: Transaction, ctx: Context, move: Move): Promise<void> {
  const { transfer, from, to, decision } = move
  for (const asset of inOrder(transfer.assets)) {
    const moved = await moveAsset(tx, ctx, asset, transfer)
    if (!moved)
      throw new DomainError(
        'conflict',
        `\`${asset.name}\` does not belong to team ${from} any more. Withdraw the proposal and make it anew.`,
      )
    await record(tx, ctx, {
      action: changingAct[asset.kind],
      resource: asset,
      decision,
      reason: `Handed to team ${to}: ${transfer.reason}`,
      before: { owner_team: from },
      after: { owner_team: to, transfer: transfer.id },
      environment: null,
    })
    await tellFollowers(tx, ctx, asset, move)
  }
}
