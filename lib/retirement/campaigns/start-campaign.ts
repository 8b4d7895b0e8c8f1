import { eq } from 'drizzle-orm'
import { type Transaction, withTransaction } from '@/db/client'
import { campaignItems, campaigns, featureGroups, featureServices } from '@/db/schema'
import { authorize, authorizeAtAll, record } from '@/lib/audit'
import { systemResource } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { DomainError, invalidField } from '@/lib/core/errors'
import { newId } from '@/lib/core/ids'
import { parseInput } from '@/lib/core/parse-input'
import { getFeatureService, getVersion, impactOf, impactOfService } from '@/lib/registry'
import { impactQuery } from '@/lib/registry/operations'
import { nameOf } from '../end-asset'
import { type Asset, type CampaignResource, startCampaignInput } from '../operations'
import { getCampaign } from './get-campaign'
import { tellTeams } from './notices'

interface Subject {
  asset: Asset
  because: string
}

const readWords = (last: string | undefined) =>
  last === undefined ? 'Not read in 30 days.' : `Last read on ${last.slice(0, 10)}.`

/** What stands in the campaign, as far as the caller may know of it. Errors: `invalid` at the item. */
async function subjectOf(ctx: Context, asset: Asset, at: number): Promise<Subject> {
  const fault = (reason: string) => invalidField(`/items/${at}`, reason, 'not_served')
  try {
    const state =
      asset.kind === 'group'
        ? (await getVersion(ctx, asset.name, asset.version)).state
        : (await getFeatureService(ctx, asset.name)).state
    if (state !== 'active' && state !== 'deprecated')
      throw fault(`${nameOf(asset)} is ${state.replace('_', ' ')}: nobody is asked about it.`)
    const { consumers } =
      asset.kind === 'group'
        ? await impactOf(ctx, asset.name, impactQuery.parse({ version: asset.version }))
        : await impactOfService(ctx, asset.name)
    const last = consumers
      .map((one) => one.last_read)
      .sort()
      .at(-1)
    return { asset, because: readWords(last) }
  } catch (error) {
    if (error instanceof DomainError && error.code === 'not_found')
      throw fault(`There is no ${nameOf(asset)}.`)
    throw error
  }
}

async function teamOf(tx: Transaction, { kind, name }: Asset): Promise<string> {
  const table = kind === 'group' ? featureGroups : featureServices
  const [row] = await tx.select({ id: table.ownerTeamId }).from(table).where(eq(table.name, name))
  if (!row) throw new DomainError('conflict', `${name} is gone.`)
  return row.id
}

const day = (instant: string) => instant.slice(0, 10)

/**
 * Asks the owners of a set, until a deadline, whether to keep, deprecate or archive each. Errors: `forbidden`,
 * `invalid` for what is not there, not served or named twice, and for a deadline that has passed.
 */
export async function startCampaign(ctx: Context, input: unknown): Promise<CampaignResource> {
  await authorizeAtAll(ctx, 'access:recertify')
  const { title, body, deadline, items } = parseInput(startCampaignInput, input)
  const decision = await authorize(ctx, 'access:recertify', systemResource)
  if (Date.parse(deadline) <= ctx.now().getTime())
    throw invalidField('/deadline', 'has passed; owners need time to answer', 'not_in_future')
  const names = items.map((asset) => `${asset.kind} ${nameOf(asset)}`)
  const twice = names.findIndex((name, at) => names.indexOf(name) !== at)
  if (twice >= 0) throw invalidField(`/items/${twice}`, 'is in the list already', 'duplicate')
  const subjects: Subject[] = []
  for (const [at, asset] of items.entries()) subjects.push(await subjectOf(ctx, asset, at))
  const id = newId(ctx.now().getTime())
  await withTransaction(async (tx) => {
    const [campaign] = await tx
      .insert(campaigns)
      .values({ id, title, body, deadline, createdBy: ctx.actor.id, createdAt: ctx.now().toISOString() })
      .returning()
    if (!campaign) throw new Error('The campaign was not written.')
    const rows = []
    for (const { asset, because } of subjects)
      rows.push({
        id: newId(),
        campaignId: id,
        kind: asset.kind,
        name: asset.name,
        version: asset.kind === 'group' ? asset.version : 0,
        teamId: await teamOf(tx, asset),
        because,
      })
    await tx.insert(campaignItems).values(rows)
    await tellTeams(tx, ctx, campaign, [...new Set(rows.map(({ teamId }) => teamId))], {
      title: `${title}: keep, deprecate or archive until ${day(deadline)}?`,
      body,
      occasion: 'start',
    })
    await record(tx, ctx, {
      action: 'access:recertify',
      resource: systemResource,
      decision,
      reason: `Started campaign: ${title}`,
      after: { campaign: id, deadline, items: names },
      environment: null,
    })
  })
  return getCampaign(ctx, id)
}
