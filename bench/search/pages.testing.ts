import type postgres from 'postgres'
import { loadHome } from '@/app/(portal)/(home)/load-home'
import { loadBrowse } from '@/app/(portal)/catalog/browse/load-browse'
import { loadCatalog } from '@/app/(portal)/catalog/load-catalog'
import { loadHub } from '@/app/(portal)/catalog/load-hub'
import { loadFeature } from '@/app/(portal)/groups/[name]/features/[feature]/load-feature'
import { loadGroup } from '@/app/(portal)/groups/[name]/load-group'
import { db, sql as hotClient } from '@/db/client'
import { listAudit } from '@/lib/audit'
import {
  getAccess,
  getActivity,
  getNeighbours,
  getServing,
  getUsage,
  getUsedTogether,
  listRecentChanges,
  listUsage,
  similarToFeature,
  similarToGroup,
  similarToProposed,
} from '@/lib/catalog'
import { servingQuery, usageListQuery } from '@/lib/catalog/operations'
import { similarGroups } from '@/lib/catalog/similar-groups'
import { getCompleteness, listIncomplete } from '@/lib/completeness'
import { listIncompleteQuery } from '@/lib/completeness/operations'
import { listContracts } from '@/lib/contracts'
import { listContractsQuery } from '@/lib/contracts/operations'
import type { Context } from '@/lib/core/context'
import { listTerms } from '@/lib/glossary'
import { listTermsQuery } from '@/lib/glossary/operations'
import { countReviews, listReviews } from '@/lib/governance'
import { listReviewsQuery } from '@/lib/governance/operations'
import { getOverview, getVerdict } from '@/lib/monitoring'
import { overviewQuery } from '@/lib/monitoring/operations'
import { countNotifications, listNotifications } from '@/lib/notify'
import { listNotificationsQuery } from '@/lib/notify/operations'
import { impactOf, listDomains } from '@/lib/registry'
import { listQuery } from '@/lib/registry/operations'
import { listOrphans, listUnused } from '@/lib/retirement'
import { orphansQuery, unusedQuery } from '@/lib/retirement/operations'

type Page = (ctx: Context, round: number) => Promise<unknown>
type Measured = [name: string, limits: [number, number], act: Page]

const catalog =
  (params: Record<string, string>): Page =>
  (ctx) =>
    loadCatalog(ctx, params, { list: 'catalog', hide: null, limit: null })
const at = (query: Record<string, string>) => new URLSearchParams(query)
const groups = ['card_disputes_wallet_nordics', 'card_disputes_prepaid_nordics']
const groupOf = (round: number) => groups[round % groups.length] ?? ''

const cursorAt = (offset: number) => Buffer.from(`o${offset}`).toString('base64url')

/** What the server asks for a page, by its name, with the limits of p50 and p99 in milliseconds. */
export const pages: Measured[] = [
  ['home', [10, 40], (ctx) => loadHome(ctx)],
  ['frame: inbox and reviews', [10, 40], (ctx) => Promise.all([countNotifications(ctx), countReviews(ctx)])],
  ['catalogue', [15, 60], catalog({})],
  ['catalogue, a word', [15, 60], catalog({ q: 'payments' })],
  ['catalogue, page 2', [15, 60], catalog({ cursor: cursorAt(50) })],
  ['catalogue, page 100', [15, 60], catalog({ cursor: cursorAt(4950) })],
  ['catalogue, page 1000', [15, 60], catalog({ cursor: cursorAt(49950) })],
  ['catalogue, word, page 100', [15, 60], catalog({ q: 'days', cursor: cursorAt(4950) })],
  ['catalogue, team and tag', [15, 60], catalog({ team: 'payments_nordics', tag: 'pii' })],
  ['browse, domains', [15, 60], (ctx) => loadBrowse(ctx, at({}))],
  ['browse, groups', [15, 60], (ctx) => loadBrowse(ctx, at({ domain: 'payments', entity: 'cardholder' }))],
  ['entity hub', [15, 60], (ctx) => loadHub(ctx, { entity: 'cardholder' }, undefined)],
  ['domain hub', [15, 60], (ctx) => loadHub(ctx, { domain: 'payments' }, undefined)],
  ['domains', [15, 60], (ctx) => listDomains(ctx, listQuery.parse({}))],
  ['group', [10, 40], (ctx, round) => loadGroup(ctx, groupOf(round), {})],
  ['group, verdict', [10, 40], (ctx, round) => getVerdict(ctx, { group: groupOf(round) })],
  ['group, usage', [10, 40], (ctx, round) => getUsage(ctx, groupOf(round), { days: 30 })],
  [
    'group, similar',
    [10, 40],
    (ctx, round) => similarToGroup(ctx, { name: groupOf(round), entity: 'cardholder', tags: ['payments'] }),
  ],
  [
    'group, lineage',
    [10, 40],
    (ctx, round) => getNeighbours(ctx, { kind: 'group', names: [groupOf(round), `${groupOf(round)}@1`] }),
  ],
  ['group, activity', [10, 40], (ctx, round) => getActivity(ctx, groupOf(round), { limit: 50 })],
  ['group, access', [10, 40], (ctx, round) => getAccess(ctx, groupOf(round), {})],
  ['group, impact', [10, 40], (ctx, round) => impactOf(ctx, groupOf(round), { change: 'deprecate' })],
  [
    'group, complete',
    [10, 40],
    (ctx, round) => getCompleteness(ctx, { kind: 'group', name: groupOf(round) }),
  ],
  ['wide group', [10, 40], (ctx) => loadGroup(ctx, 'wide_group', {})],
  ['wide group, verdict', [10, 40], (ctx) => getVerdict(ctx, { group: 'wide_group' })],
  ['wide group, usage', [10, 40], (ctx) => getUsage(ctx, 'wide_group', { days: 30 })],
  [
    'wide group, similar',
    [10, 40],
    (ctx) => similarToGroup(ctx, { name: 'wide_group', entity: 'cardholder', tags: ['payments'] }),
  ],
  ['wide group, impact', [10, 40], (ctx) => impactOf(ctx, 'wide_group', { change: 'deprecate' })],
  ['feature', [10, 40], (ctx, round) => loadFeature(ctx, groupOf(round), 'share_friendly_fraud', {})],
  [
    'feature, similar',
    [10, 40],
    (ctx, round) => similarToFeature(ctx, { feature: `${groupOf(round)}:share_friendly_fraud`, limit: 5 }),
  ],
  [
    'feature, together',
    [10, 40],
    (ctx, round) =>
      getUsedTogether(ctx, { feature: `${groupOf(round)}:share_friendly_fraud`, days: 30, limit: 10 }),
  ],
  [
    'proposed, similar',
    [10, 40],
    (ctx) =>
      similarToProposed(ctx, {
        name: 'mean_amount_7d',
        description: 'Mean amount of the payments of seven days',
        type: 'float64',
        limit: 5,
      }),
  ],
  [
    'similar by columns',
    [10, 40],
    (ctx) => similarGroups(ctx, ['num_disputes_7d', 'avg_amount_30d', 'first_disputes_on', 'max_amount_7d']),
  ],
  ['usage by feature', [15, 60], (ctx) => listUsage(ctx, usageListQuery.parse({ by: 'feature' }))],
  ['usage by group', [15, 60], (ctx) => listUsage(ctx, usageListQuery.parse({ by: 'group' }))],
  ['usage by consumer', [15, 60], (ctx) => listUsage(ctx, usageListQuery.parse({ by: 'consumer' }))],
  ['serving', [15, 60], (ctx) => getServing(ctx, servingQuery.parse({}))],
  ['unused', [15, 60], (ctx) => listUnused(ctx, unusedQuery.parse({}))],
  ['orphans', [15, 60], (ctx) => listOrphans(ctx, orphansQuery.parse({}))],
  ['incomplete groups', [15, 60], (ctx) => listIncomplete(ctx, listIncompleteQuery.parse({}))],
  [
    'incomplete features',
    [15, 60],
    (ctx) => listIncomplete(ctx, listIncompleteQuery.parse({ kind: 'feature' })),
  ],
  ['glossary', [15, 60], (ctx) => listTerms(ctx, listTermsQuery.parse({}))],
  ['inbox', [15, 60], (ctx) => listNotifications(ctx, listNotificationsQuery.parse({}))],
  ['reviews', [15, 60], (ctx) => listReviews(ctx, listReviewsQuery.parse({}))],
  ['contracts', [15, 60], (ctx) => listContracts(ctx, listContractsQuery.parse({}))],
  ['recent changes', [15, 60], (ctx) => listRecentChanges(ctx, { limit: 10 })],
  ['monitoring', [15, 60], (ctx) => getOverview(ctx, overviewQuery.parse({}))],
]

/** What a reviewer alone is shown. */
export const reviewersPages: Measured[] = [
  ['audit', [15, 60], (ctx) => listAudit(ctx, {})],
  ['audit of a group', [15, 60], (ctx, round) => listAudit(ctx, { resource: `group:${groupOf(round)}` })],
  ['audit by a person', [15, 60], (ctx) => listAudit(ctx, { actor: 'Mara' })],
]

let asked = 0

/** Counts statements from now on. */
export function watchStatements(): void {
  const debug = () => {
    asked += 1
  }
  // Drizzle keeps the client that it was made with; options are read at each statement.
  for (const client of [Reflect.get(db(), '$client') as postgres.Sql, hotClient()])
    Object.assign(client.options, { debug })
}

/** How many there were since the last look. */
export function statementsAsked(): number {
  const count = asked
  asked = 0
  return count
}
