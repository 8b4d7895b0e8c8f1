import type { HomeGroup } from '@/components/home/my-groups'
import { decide, systemResource } from '@/lib/authz'
import {
  getFirstSteps,
  groupsOfTeams,
  type KnownGroup,
  listPopularGroups,
  listRecentChanges,
  rememberVisit,
} from '@/lib/catalog'
import type { Context } from '@/lib/core/context'
import { getFreshness } from '@/lib/monitoring'
import { assetSigns } from '../asset-signs'
import { loadWaiting } from './load-waiting'

const mostShown = 12
const mostPopular = 6
const mostChanges = 10
const weight = { fail: 4, warn: 3, unknown: 2, ok: 1, fact: 1 }

/** Those that need somebody first. */
async function mostUrgent(ctx: Context, groups: readonly KnownGroup[]) {
  const fresh = await getFreshness(
    ctx,
    groups.map(({ name }) => name),
  )
  const rows = groups.map((group) => ({ group, fresh: fresh.get(group.name) ?? null }))
  const urgency = ({ fresh: one }: (typeof rows)[number]) => (one ? weight[one.state] : 0)
  const sorted = rows.sort((a, b) => urgency(b) - urgency(a) || (a.group.name < b.group.name ? -1 : 1))
  return { shown: sorted.slice(0, mostShown), states: sorted.map((row) => row.fresh?.state ?? 'unknown') }
}

/** The groups of the reader's teams that are read most; of all teams where nobody reads theirs. */
async function popular(ctx: Context, among: readonly KnownGroup[]) {
  const own = among.length > 0 ? await listPopularGroups(ctx, { limit: mostPopular, among }) : []
  const groups = own.length > 0 ? own : await listPopularGroups(ctx, { limit: mostPopular })
  return { isOfTeams: own.length > 0, groups }
}

/** The reader's groups, and what is read: what is drawn of a group is asked for together, and of shown ones alone. */
async function loadGroups(ctx: Context, teams: readonly string[]) {
  const groups = await groupsOfTeams(ctx, teams)
  const [{ shown, states }, read] = await Promise.all([mostUrgent(ctx, groups), popular(ctx, groups)])
  const names = [...shown.map(({ group }) => group.name), ...read.groups.map(({ name }) => name)]
  const signs = await assetSigns(ctx, [...new Set(names)])
  return {
    groups: shown.map((row): HomeGroup => ({ ...row, sign: signs.get(row.group.name) ?? {} })),
    states,
    popular: {
      isOfTeams: read.isOfTeams,
      groups: read.groups.map((group) => ({ ...group, weeks: signs.get(group.name)?.weeklyReads ?? [] })),
    },
  }
}

/** What Home shows of the reader's own work and of everybody's. */
export async function loadHome(ctx: Context) {
  const teams = ctx.actor.teams.map(({ team }) => team)
  const [groups, waiting, changes, steps, lastVisit] = await Promise.all([
    loadGroups(ctx, teams),
    loadWaiting(ctx),
    listRecentChanges(ctx, { limit: mostChanges }),
    getFirstSteps(ctx),
    rememberVisit(ctx),
  ])
  return {
    teams,
    ...groups,
    ...waiting,
    changes,
    lastVisit,
    steps,
    mayManagePeople: decide(ctx, 'people:manage', systemResource).allowed,
  }
}
