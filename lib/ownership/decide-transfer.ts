import { eq } from 'drizzle-orm'
import { type Transaction, withTransaction } from '@/db/client'
import { ownershipTransfers } from '@/db/schema'
import { authorize, authorizeAtAll, record } from '@/lib/audit'
import { type Decision, decide } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { parseInput } from '@/lib/core/parse-input'
import { notify } from '@/lib/notify'
import { knowsAll } from './assets'
import { moveAll } from './move-all'
import { decideTransferInput, declineTransferInput, type TransferResource } from './operations'
import { requireTransfer, type TransferRow, teamResource, transferResources } from './queries'

/** Its row under its lock, while it is still open. */
async function lockOpen(tx: Transaction, ctx: Context, id: string): Promise<TransferRow> {
  await tx
    .select({ id: ownershipTransfers.id })
    .from(ownershipTransfers)
    .where(eq(ownershipTransfers.id, id))
    .for('update')
  const row = await requireTransfer(ctx, id, tx)
  if (row.transfer.state !== 'proposed')
    throw new DomainError('conflict', `This transfer is ${row.transfer.state} already.`)
  return row
}

async function settle(
  tx: Transaction,
  ctx: Context,
  row: TransferRow,
  state: 'accepted' | 'declined' | 'withdrawn',
  reason: string | undefined,
) {
  await tx
    .update(ownershipTransfers)
    .set({
      state,
      decidedBy: ctx.actor.id,
      decidedByName: ctx.actor.name,
      decidedAt: ctx.now().toISOString(),
      decisionReason: reason ?? null,
    })
    .where(eq(ownershipTransfers.id, row.transfer.id))
}

/** The row of the audit log that belongs to the transfer as a whole. */
const recordOn = (
  tx: Transaction,
  ctx: Context,
  { transfer, from, to }: TransferRow,
  act: { team: 'from' | 'to'; decision: Decision; state: string; reason: string | undefined },
) =>
  record(tx, ctx, {
    action: 'people:manage',
    resource: { kind: 'team', name: act.team === 'to' ? to : from },
    decision: act.decision,
    before: { state: transfer.state },
    after: { transfer: transfer.id, from_team: from, to_team: to, assets: transfer.assets, state: act.state },
    ...(act.reason === undefined ? {} : { reason: act.reason }),
    environment: null,
  })

async function answer(ctx: Context, id: string): Promise<TransferResource> {
  const [resource] = await transferResources(ctx, [await requireTransfer(ctx, id)])
  if (!resource) throw new Error('A transfer that was just decided is gone.')
  return resource
}

const toTeamOf = ({ transfer, to }: TransferRow) => teamResource(transfer.toTeamId, to)

const tellProposer = (
  tx: Transaction,
  ctx: Context,
  { transfer, to }: TransferRow,
  title: string,
  body: string,
) =>
  notify(tx, ctx, {
    kind: 'ownership',
    to: { people: [transfer.proposedBy] },
    asset: { kind: 'team', name: to },
    title,
    body,
    href: '/settings/ownership',
  })

/**
 * Takes what is offered: all of it moves, or nothing. Errors: `forbidden` for who does not decide for the receiving
 * team or may not know of every asset, `conflict` when it is decided or changed hands, `not_found`.
 */
export async function acceptTransfer(ctx: Context, id: string, body: unknown): Promise<TransferResource> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const { reason } = parseInput(decideTransferInput, body ?? {})
  const found = await requireTransfer(ctx, id)
  const decision = await authorize(ctx, 'people:manage', toTeamOf(found))
  if (!(await knowsAll(ctx, found.transfer.assets)))
    throw new DomainError(
      'conflict',
      'It holds assets that you may not know of: an administrator can accept it.',
    )
  await withTransaction(async (tx) => {
    const row = await lockOpen(tx, ctx, id)
    await moveAll(tx, ctx, { ...row, decision })
    await settle(tx, ctx, row, 'accepted', reason)
    await recordOn(tx, ctx, row, { team: 'to', decision, state: 'accepted', reason })
  })
  return answer(ctx, id)
}

/** Says no, with the reason. Errors: `forbidden`, `conflict`, `not_found`, `invalid`. */
export async function declineTransfer(ctx: Context, id: string, body: unknown): Promise<TransferResource> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const { reason } = parseInput(declineTransferInput, body)
  const decision = await authorize(ctx, 'people:manage', toTeamOf(await requireTransfer(ctx, id)))
  await withTransaction(async (tx) => {
    const row = await lockOpen(tx, ctx, id)
    await settle(tx, ctx, row, 'declined', reason)
    await recordOn(tx, ctx, row, { team: 'to', decision, state: 'declined', reason })
    await tellProposer(tx, ctx, row, `Team \`${row.to}\` declined what \`${row.from}\` offered`, reason)
  })
  return answer(ctx, id)
}

/** Takes a proposal back: by who made it, or who manages the offering team. Errors: as `declineTransfer`. */
export async function withdrawTransfer(ctx: Context, id: string, body: unknown): Promise<TransferResource> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const { reason } = parseInput(decideTransferInput, body ?? {})
  const found = await requireTransfer(ctx, id)
  const team = teamResource(found.transfer.fromTeamId, found.from)
  const decision =
    found.transfer.proposedBy === ctx.actor.id
      ? decide(ctx, 'catalog:describe', team)
      : await authorize(ctx, 'people:manage', team)
  await withTransaction(async (tx) => {
    const row = await lockOpen(tx, ctx, id)
    await settle(tx, ctx, row, 'withdrawn', reason)
    await recordOn(tx, ctx, row, { team: 'from', decision, state: 'withdrawn', reason })
  })
  return answer(ctx, id)
}
