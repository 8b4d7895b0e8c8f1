import { authorizeAtAll } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { parseInput } from '@/lib/core/parse-input'
import { impactOf, impactOfService } from '@/lib/registry'
import { impactNote, impactQuery } from '@/lib/registry/operations'
import { attempt, endAsset, nameOf, versionOf } from './end-asset'
import {
  type Asset,
  type BulkPreviewResource,
  bulkInput,
  bulkPreviewInput,
  type OutcomeResource,
} from './operations'

/** Deprecates or archives a set, each in a transaction of its own. Errors: `forbidden`, `invalid`; else outcomes. */
export async function retireInBulk(ctx: Context, body: unknown): Promise<{ results: OutcomeResource[] }> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const { items, act, reason, sunset_at } = parseInput(bulkInput, body)
  const results: OutcomeResource[] = []
  for (const asset of items)
    results.push(await attempt(asset, () => endAsset(ctx, asset, { act, reason, sunset_at })))
  return { results }
}

type Impact = Awaited<ReturnType<typeof impactOf>>
type Part = Pick<Impact, 'services' | 'groups' | 'datasets' | 'consumers' | 'owner_teams' | 'refused'>

async function impactOfAsset(ctx: Context, asset: Asset, change: 'deprecate' | 'archive'): Promise<Part> {
  if (asset.kind === 'group') {
    const { name, version } = asset
    return impactOf(ctx, name, { ...impactQuery.parse({ change, version }) })
  }
  const { datasets, ...impact } = await impactOfService(ctx, asset.name)
  return {
    ...impact,
    datasets: datasets.map(({ service_version: _, ...one }) => ({ ...one, features: [] })),
    services: [],
    groups: [],
    refused: change === 'deprecate' ? { because: 'A service is archived, not deprecated.', users: [] } : null,
  }
}

async function partOf(ctx: Context, asset: Asset, change: 'deprecate' | 'archive'): Promise<Part> {
  try {
    return await impactOfAsset(ctx, asset, change)
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'not_found') throw error
    const refused = { because: error.message, users: [] }
    const empty = { services: [], groups: [], datasets: [], consumers: [], owner_teams: [] }
    return { ...empty, refused }
  }
}

const byName = <T extends { name: string }>(lists: T[][]): T[] =>
  [...new Map(lists.flat().map((one) => [one.name, one])).values()].sort((a, b) => (a.name < b.name ? -1 : 1))

function consumersOf(parts: { asset: Asset; part: Part }[]): BulkPreviewResource['consumers'] {
  const found = new Map<string, BulkPreviewResource['consumers'][number]>()
  for (const { asset, part } of parts)
    for (const { kind, name, owner, owner_teams: teams, last_read: last } of part.consumers) {
      const key = JSON.stringify([kind, name, owner])
      const known = found.get(key)
      found.set(key, {
        kind,
        name,
        owner,
        owner_teams: teams,
        items: [...(known?.items ?? []), nameOf(asset)],
        last_read: known && known.last_read > last ? known.last_read : last,
      })
    }
  return [...found.values()]
}

/**
 * Who would be hit when all of a set goes, each once; what is in the set itself is not counted among them.
 * Errors: `forbidden`, `invalid`; what is missing or hidden is refused in its place.
 */
export async function previewBulk(ctx: Context, body: unknown): Promise<BulkPreviewResource> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const { items, act } = parseInput(bulkPreviewInput, body)
  const judged: { asset: Asset; part: Part }[] = []
  for (const asset of items) judged.push({ asset, part: await partOf(ctx, asset, act) })
  const parts = judged.map(({ part }) => part)
  const inSet = (kind: Asset['kind'], name: string) =>
    items.some((asset) => asset.kind === kind && asset.name === name)
  return {
    act,
    items: judged.map(({ asset, part }) => ({
      kind: asset.kind,
      name: asset.name,
      version: versionOf(asset),
      refused: part.refused?.because ?? null,
    })),
    services: byName(parts.map(({ services }) => services)).filter(({ name }) => !inSet('service', name)),
    groups: [...new Set(parts.flatMap(({ groups }) => groups))]
      .filter((name) => !inSet('group', name))
      .sort(),
    datasets: byName(parts.map(({ datasets }) => datasets)).map(({ features: _, ...one }) => one),
    consumers: consumersOf(judged),
    note: impactNote,
    owner_teams: [...new Set(parts.flatMap(({ owner_teams: teams }) => teams))].sort(),
  }
}
