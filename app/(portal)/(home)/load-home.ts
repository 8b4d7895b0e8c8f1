import type { HomeGroup } from '@/components/home/my-groups'
import { decide, systemResource } from '@/lib/authz'
import { getFirstSteps, listPopularGroups, listRecentChanges } from '@/lib/catalog'
import type { Context } from '@/lib/core/context'
import { listReviews } from '@/lib/governance'
import { listReviewsQuery } from '@/lib/governance/operations'
import { getFreshness } from '@/lib/monitoring'
import { listFeatureGroups } from '@/lib/registry'
import { type GroupSummaryResource, listFeatureGroupsQuery } from '@/lib/registry/operations'
import { assetSigns } from '../asset-signs'

const mostOfATeam = 50
const mostShown = 12
const weight = { fail: 4, warn: 3, unknown: 2, ok: 1, fact: 1 }

async function groupsOf(ctx: Context, team: string): Promise<GroupSummaryResource[]> {
  const page = await listFeatureGroups(ctx, listFeatureGroupsQuery.parse({ team, limit: mostOfATeam }))
  return page.data.filter(({ state }) => state !== 'archived')
}

/** The groups of the reader's teams, those that need somebody first. */
async function myGroups(ctx: Context, teams: readonly string[]): Promise<HomeGroup[]> {
  const groups = (await Promise.all(teams.map((team) => groupsOf(ctx, team)))).flat()
  const names = groups.map(({ name }) => name)
  const [fresh, signs] = await Promise.all([getFreshness(ctx, names), assetSigns(ctx, names)])
  const rows = groups.map((group) => ({
    group,
    fresh: fresh.get(group.name) ?? null,
    sign: signs.get(group.name) ?? {},
  }))
  const urgency = (row: HomeGroup) => (row.fresh ? weight[row.fresh.state] : 0)
  return rows.sort((a, b) => urgency(b) - urgency(a) || (a.group.name < b.group.name ? -1 : 1))
}

async function popular(ctx: Context) {
  const groups = await listPopularGroups(ctx, { limit: 6 })
  const signs = await assetSigns(
    ctx,
    groups.map(({ name }) => name),
  )
  return groups.map((group) => ({ ...group, weeks: signs.get(group.name)?.weeklyReads ?? [] }))
}

/** What Home shows of the reader's own work and of everybody's. */
export async function loadHome(ctx: Context) {
  const teams = ctx.actor.teams.map(({ team }) => team)
  const [groups, reviews, changes, read, steps] = await Promise.all([
    myGroups(ctx, teams),
    listReviews(ctx, listReviewsQuery.parse({ waits_for: 'me', limit: 5 })),
    listRecentChanges(ctx, { limit: 10 }),
    popular(ctx),
    getFirstSteps(ctx),
  ])
  return {
    teams,
    groups: groups.slice(0, mostShown),
    total: groups.length,
    reviews: reviews.data,
    waiting: reviews.meta.total,
    changes,
    popular: read,
    steps,
    mayManagePeople: decide(ctx, 'people:manage', systemResource).allowed,
  }
}
