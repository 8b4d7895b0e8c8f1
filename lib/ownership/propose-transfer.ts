import { eq } from 'drizzle-orm'
import { db, type Transaction, withTransaction } from '@/db/client'
import { ownershipTransfers, teams } from '@/db/schema'
import { authorize, authorizeAtAll, record } from '@/lib/audit'
import { type Decision, type ResourceFacts, systemResource } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { DomainError, invalidField } from '@/lib/core/errors'
import { newId } from '@/lib/core/ids'
import { parseInput } from '@/lib/core/parse-input'
import { notify } from '@/lib/notify'
import { authorizeWhereItStands } from '@/lib/registry'
import { assetsOfTeam, changingAct, factsOfAsset, inOrder } from './assets'
import { moveAll } from './move-all'
import { type OwnedAsset, proposeTransferInput, type TransferResource } from './operations'
import { decidersOf, requireTransfer, teamResource, transferResources } from './queries'

interface Team {
  id: string
  name: string
}

async function requireTeam(name: string, pointer: string): Promise<Team> {
  const [team] = await db().select({ id: teams.id, name: teams.name }).from(teams).where(eq(teams.name, name))
  if (!team) throw invalidField(pointer, `There is no team \`${name}\`.`, 'unknown_team')
  return team
}

interface Offered {
  asset: OwnedAsset
  facts: ResourceFacts
  decision: Decision
}

/** Every asset is one that the caller may change, and all are one team's. */
async function offeredAssets(
  ctx: Context,
  assets: readonly OwnedAsset[],
  force: boolean,
): Promise<Offered[]> {
  const once = assets.filter(
    (one, at) => assets.findIndex(({ kind, name }) => kind === one.kind && name === one.name) === at,
  )
  const offered: Offered[] = []
  for (const asset of inOrder(once)) {
    const facts = await factsOfAsset(ctx, asset)
    const decision = force
      ? await authorize(ctx, 'people:manage', systemResource)
      : await authorizeWhereItStands(ctx, changingAct[asset.kind], facts)
    offered.push({ asset, facts, decision })
  }
  const other = offered.find(({ facts }) => facts.teamId !== offered[0]?.facts.teamId)
  if (other) {
    const reason = `\`${other.asset.name}\` belongs to team ${other.facts.team}: a transfer holds assets of one team.`
    throw invalidField('/assets', reason, 'several_teams')
  }
  return offered
}

async function wanted(
  ctx: Context,
  input: { assets?: OwnedAsset[] | undefined; from_team?: string | undefined },
) {
  if (input.assets) return input.assets
  const from = await requireTeam(input.from_team ?? '', '/from_team')
  // Whoever looks after a team knows of all that it owns: nothing is told of it to anybody else.
  await authorize(ctx, 'people:manage', teamResource(from.id, from.name))
  const all = await assetsOfTeam(from.id)
  if (all.length === 0) throw invalidField('/from_team', `Team ${from.name} owns nothing.`, 'owns_nothing')
  return all
}

/** What is on offer already cannot be offered a second time. */
async function refuseOffered(tx: Transaction, fromTeamId: string, assets: readonly OwnedAsset[]) {
  const open = await tx.select().from(ownershipTransfers).where(eq(ownershipTransfers.fromTeamId, fromTeamId))
  for (const { state, assets: taken } of open) {
    if (state !== 'proposed') continue
    const twice = assets.find(({ kind, name }) => taken.some((one) => one.kind === kind && one.name === name))
    if (twice)
      throw new DomainError('conflict', `\`${twice.name}\` is offered already: withdraw that proposal first.`)
  }
}

async function tell(
  tx: Transaction,
  ctx: Context,
  transfer: { id: string; reason: string },
  from: Team,
  to: Team,
) {
  await notify(tx, ctx, {
    kind: 'ownership',
    to: { people: await decidersOf(tx, to.id) },
    asset: { kind: 'team', name: to.name },
    title: `Team \`${from.name}\` wants to hand assets to \`${to.name}\``,
    body: transfer.reason,
    href: '/settings/ownership',
    once: `transfer:${transfer.id}`,
  })
}

/**
 * Proposes that assets of one team become another's. `force`: an administrator moves them at once. Errors:
 * `forbidden`, `not_found`, `invalid` (teams, assets of several teams), `conflict` for what is offered already.
 */
export async function proposeTransfer(ctx: Context, body: unknown): Promise<TransferResource> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const input = parseInput(proposeTransferInput, body)
  if (input.force) await authorize(ctx, 'people:manage', systemResource)
  const to = await requireTeam(input.to_team, '/to_team')
  const offered = await offeredAssets(ctx, await wanted(ctx, input), input.force)
  const [first] = offered
  const { teamId, team } = first?.facts ?? {}
  if (!first || !teamId || !team) throw invalidField('/assets', 'Nobody owns these assets.', 'no_owner')
  if (teamId === to.id) throw invalidField('/to_team', `Team ${to.name} owns them already.`, 'same_team')
  const assets = offered.map(({ asset }) => asset)
  const id = await withTransaction(async (tx) => {
    await tx.select({ id: teams.id }).from(teams).where(eq(teams.id, teamId)).for('update')
    await refuseOffered(tx, teamId, assets)
    const at = ctx.now().toISOString()
    const transfer = {
      id: newId(ctx.now().getTime()),
      fromTeamId: teamId,
      toTeamId: to.id,
      assets,
      reason: input.reason,
      state: input.force ? ('accepted' as const) : ('proposed' as const),
      forced: input.force,
      proposedBy: ctx.actor.id,
      proposedByName: ctx.actor.name,
      createdAt: at,
      ...(input.force ? { decidedBy: ctx.actor.id, decidedByName: ctx.actor.name, decidedAt: at } : {}),
    }
    await tx.insert(ownershipTransfers).values(transfer)
    const said = { from_team: team, to_team: to.name, transfer: transfer.id }
    if (input.force) {
      await moveAll(tx, ctx, { transfer, from: team, to: to.name, decision: first.decision })
    } else {
      for (const { facts, decision, asset } of offered)
        await record(tx, ctx, {
          action: changingAct[asset.kind],
          resource: facts,
          decision,
          reason: `Offered to team ${to.name}: ${input.reason}`,
          after: said,
          environment: null,
        })
      await tell(tx, ctx, transfer, { id: teamId, name: team }, to)
    }
    return transfer.id
  })
  const [resource] = await transferResources(ctx, [await requireTransfer(ctx, id)])
  if (!resource) throw new Error('A transfer that was just made is gone.')
  return resource
}
