import { eq, inArray } from 'drizzle-orm'
import type { z } from 'zod'
import type { Executor } from '@/db/client'
import { featureGroups, type SourceConfig, sources } from '@/db/schema'
import { invalidField } from '@/lib/core/errors'
import { type AssetName, recordEdge } from '@/lib/edges'
import type { VersionDefinition } from './definition'
import type { sourceKinds, sourceOfGroupSchema } from './source-kinds'

type SourceReference = z.output<typeof sourceOfGroupSchema>

const isKind = (kind: string): kind is (typeof sourceKinds)[number] =>
  ['push', 'file', 'table', 'bucket', 'topic'].includes(kind)

/** What a group's rows come from, as the version keeps it: pushed unless said otherwise. 422 at `/source` for an unknown name. */
export async function sourceOfGroup(
  executor: Executor,
  reference: SourceReference | undefined,
): Promise<SourceConfig> {
  if (reference === undefined) return { kind: 'push' }
  if (typeof reference !== 'string') return { ...reference, kind: reference.kind }
  if (reference === 'push') return { kind: 'push' }
  const [source] = await executor.select().from(sources).where(eq(sources.name, reference))
  if (!source) throw invalidField('/source', `There is no data source \`${reference}\`.`, 'unknown_source')
  return { kind: isKind(source.kind) ? source.kind : 'table', name: source.name }
}

/** The registered source that a version names, if any. */
const sourceName = (source: SourceConfig): string | null =>
  source.kind !== 'group' && typeof source.name === 'string' ? source.name : null

async function transformationInputs(executor: Executor, names: string[]): Promise<AssetName[]> {
  if (names.length === 0) return []
  const [knownSources, knownGroups] = await Promise.all([
    executor.select({ name: sources.name }).from(sources).where(inArray(sources.name, names)),
    executor
      .select({ name: featureGroups.name })
      .from(featureGroups)
      .where(inArray(featureGroups.name, names)),
  ])
  return names.map((name, at) => {
    if (knownSources.some((source) => source.name === name)) return { kind: 'source', name }
    if (knownGroups.some((group) => group.name === name)) return { kind: 'group', name }
    const reason = `There is no data source and no feature group \`${name}\`.`
    throw invalidField(`/transformation/inputs/${at}`, reason, 'unknown_input')
  })
}

/** What feeds a group: its source, and all that its transformation reads. Errors: `invalid` for what is not there. */
export async function feedsOf(executor: Executor, definition: VersionDefinition): Promise<AssetName[]> {
  const named = sourceName(definition.source)
  return [
    ...(named ? [{ kind: 'source' as const, name: named }] : []),
    ...(await transformationInputs(executor, definition.transformation?.inputs ?? [])),
  ]
}

/** Writes what feeds a group. Errors: as feedsOf. */
export async function recordFeeds(
  tx: Executor,
  group: string,
  definition: VersionDefinition,
  author: string,
  at: Date,
): Promise<void> {
  for (const from of await feedsOf(tx, definition)) {
    await recordEdge(tx, { from, to: { kind: 'group', name: group }, relation: 'feeds', author, at })
  }
}
