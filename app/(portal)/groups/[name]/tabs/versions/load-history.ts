import { decide } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { blameOf, diffVersions, groupFactsOf, listVersions } from '@/lib/registry'
import type { BlameResource, DiffResource, ListedVersionResource } from '@/lib/registry/operations'
import { type PageParams, textOf } from '../../load-group'

export interface VersionHistory {
  versions: ListedVersionResource[]
  /** Every address that can be compared, newest first. */
  addresses: string[]
  /** What a change would be made against; null: the reader may not change the group, or nothing is approved. */
  base: string | null
}

/** As the catalogue chooses: what is served before what is not. */
function baseOf(versions: readonly ListedVersionResource[]): string | null {
  const approved = versions.filter(({ revisions }) => revisions.length > 0)
  const served = (state: string) =>
    approved.find((one) => one.state === state && one.environments.some((at) => at.state === 'promoted'))
  const base = served('active') ?? served('deprecated') ?? approved.find(({ state }) => state !== 'archived')
  return base ? `${base.version}.${base.revision}` : null
}

/** Versions with their revisions, and what may be done with them. Errors: `not_found`. */
export async function loadHistory(ctx: Context, group: string): Promise<VersionHistory> {
  const { data: versions } = await listVersions(ctx, group)
  const mayChange = decide(ctx, 'group:update', await groupFactsOf(ctx, group)).allowed
  const addresses = versions.flatMap(({ version, revisions }) =>
    revisions.length === 0 ? [String(version)] : revisions.map(({ address }) => address),
  )
  return { versions, addresses, base: mayChange ? baseOf(versions) : null }
}

/** The two that stand beside each other: the address's, else the newest and the one that it followed. */
export function pairOf({ addresses, versions }: VersionHistory, query: PageParams): [string, string] | null {
  const known = (text: string | null) => addresses.find((one) => one === text)
  const to = known(textOf(query.to)) ?? addresses[0]
  if (to === undefined || addresses.length < 2) return null
  const revisions = versions.flatMap((one) => one.revisions)
  const previous = revisions.find(({ address }) => address === to)?.previous ?? null
  const from = known(textOf(query.from)) ?? known(previous) ?? addresses.find((one) => one !== to)
  return from === undefined ? null : [from, to]
}

export interface Comparison {
  diff: DiffResource
  before: BlameResource
  after: BlameResource
}

/** Errors: `not_found` naming the one that is not there. */
export async function loadComparison(
  ctx: Context,
  group: string,
  from: string,
  to: string,
): Promise<Comparison> {
  const [diff, before, after] = await Promise.all([
    diffVersions(ctx, group, from, to),
    blameOf(ctx, group, from),
    blameOf(ctx, group, to),
  ])
  return { diff, before, after }
}
