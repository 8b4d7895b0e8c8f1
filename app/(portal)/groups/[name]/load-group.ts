import type { GroupPlace, GroupTab } from '@/components/feature-group/place'
import { groupTabs } from '@/components/feature-group/place'
import type { Ended } from '@/components/use-it/asset'
import { type Action, decide, type ResourceFacts } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { notFound } from '@/lib/core/errors'
import { getFeatureGroup, getVersion, listEnvironments, resolveVersion } from '@/lib/registry'
import type { GroupResource } from '@/lib/registry/operations'
import { loadEnded, loadSuccessor } from './load-ended'

export type PageParams = Record<string, string | string[] | undefined>

export interface Act {
  allowed: boolean
  /** The rule that refuses it. */
  because: string
}

/** A group as one of its versions, and what its reader may do with it. */
export interface GroupView {
  group: GroupResource
  place: GroupPlace
  environment: string
  /** The version stands in the environment; otherwise there is no data to show. */
  isHere: boolean
  /** Its sunset has passed; and what is read in its place. */
  ended: Ended | null
  successor: { group: GroupResource; ended: null; successor: null } | null
  acts: { update: Act; ingest: Act; materialize: Act; deprecate: Act; read: Act; audit: Act }
}

/** What is said of a group is changed on its page as it is now: an older version shows what was. */
export const mayEdit = ({ acts, place, group }: GroupView): boolean =>
  acts.update.allowed && place.version === null && group.state !== 'archived'

export const textOf = (value: string | string[] | undefined): string | null =>
  typeof value === 'string' && value !== '' ? value : null

export const tabOf = (params: PageParams): GroupTab =>
  groupTabs.find((tab) => tab === textOf(params.tab)) ?? 'overview'

function versionOf(params: PageParams): number | null {
  const text = textOf(params.version)
  return text !== null && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null
}

async function factsOf(ctx: Context, group: GroupResource): Promise<ResourceFacts | null> {
  const names = group.environments.map(({ name }) => name)
  const environment = names.includes(ctx.environment) ? ctx.environment : names[0]
  if (environment === undefined) return null
  const version = await resolveVersion(ctx, { group: group.name, version: group.version }, environment)
  return version.resource
}

function actOf(ctx: Context, action: Action, facts: ResourceFacts | null): Act {
  if (facts === null) return { allowed: false, because: 'The version stands in no environment.' }
  const { allowed, rule } = decide(ctx, action, facts)
  return { allowed, because: allowed ? '' : rule }
}

/** The group with the version of the address. Errors: `not_found`, the same for missing and hidden. */
export async function loadGroup(ctx: Context, name: string, params: PageParams): Promise<GroupView> {
  const current = await getFeatureGroup(ctx, name)
  // As the interface answers: an environment that is none has no rows to be without.
  if (!(await listEnvironments()).includes(ctx.environment)) throw notFound(`Environment ${ctx.environment}`)
  const asked = versionOf(params)
  const group =
    asked === null || asked === current.version
      ? current
      : { ...current, ...(await getVersion(ctx, name, asked)), created_at: current.created_at }
  const facts = await factsOf(ctx, group)
  const ended = await loadEnded(ctx, group)
  const successor = ended && (await loadSuccessor(ctx, ended))
  return {
    ended,
    successor: successor && { group: successor, ended: null, successor: null },
    group,
    place: {
      name,
      version: asked,
      environment: ctx.environment === 'prod' ? null : ctx.environment,
    },
    environment: ctx.environment,
    isHere: group.environments.some((one) => one.name === ctx.environment),
    acts: {
      update: actOf(ctx, 'group:update', facts),
      ingest: actOf(ctx, 'group:write_offline', facts),
      materialize: actOf(ctx, 'group:write_online', facts),
      deprecate: actOf(ctx, 'version:deprecate', facts),
      read: actOf(ctx, 'group:read_online', facts),
      audit: actOf(ctx, 'audit:read', facts),
    },
  }
}
