import type { HomeGroup } from '@/components/home/my-groups'
import { decide, systemResource } from '@/lib/authz'
import { getFirstSteps, listPopularGroups, listRecentChanges, rememberVisit } from '@/lib/catalog'
import type { Context } from '@/lib/core/context'
import { getFreshness } from '@/lib/monitoring'
import { listFeatureGroups } from '@/lib/registry'
import { type GroupSummaryResource, listFeatureGroupsQuery } from '@/lib/registry/operations'
import { assetSigns } from '../asset-signs'
import { loadWaiting } from './load-waiting'

const mostOfATeam = 50
const mostShown = 12
const mostPopular = 6
const mostChanges = 10
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

/** Those of the reader's teams that are read most; of all teams where nobody reads theirs. */
async function popular(ctx: Context, teams: readonly string[]) {
  const own = teams.length > 0 ? await listPopularGroups(ctx, { limit: mostPopular, teams }) : []
  const groups = own.length > 0 ? own : await listPopularGroups(ctx, { limit: mostPopular })
  const signs = await assetSigns(
    ctx,
    groups.map(({ name }) => name),
  )
  return {
    isOfTeams: own.length > 0,
    groups: groups.map((group) => ({ ...group, weeks: signs.get(group.name)?.weeklyReads ?? [] })),
  }
}

/** What Home shows of the reader's own work and of everybody's. */
export async function loadHome(ctx: Context) {
  const teams = ctx.actor.teams.map(({ team }) => team)
  const [groups, waiting, changes, read, steps, lastVisit] = await Promise.all([
    myGroups(ctx, teams),
    loadWaiting(ctx),
    listRecentChanges(ctx, { limit: mostChanges }),
    popular(ctx, teams),
    getFirstSteps(ctx),
    rememberVisit(ctx),
  ])
  return {
    teams,
    groups: groups.slice(0, mostShown),
    total: groups.length,
    ...waiting,
    changes,
    lastVisit,
    popular: read,
    steps,
    mayManagePeople: decide(ctx, 'people:manage', systemResource).allowed,
  }
}
