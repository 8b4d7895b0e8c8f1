import { and, asc, desc, eq, sql } from 'drizzle-orm'
import { db, type Executor } from '@/db/client'
import { features, featureGroupVersions as groupVersions, versionEnvironments } from '@/db/schema'
import { decide, type ResourceFacts } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { notFound } from '@/lib/core/errors'
import { type FeatureType, parseFeatureType } from '@/lib/core/feature-type'
import { groupFactsOf, type StoredColumns } from '@/lib/registry'

type FeatureRow = typeof features.$inferSelect

/** A major version of a group as its contract is about it. */
export interface ContractedVersion {
  facts: ResourceFacts
  groupId: string
  group: string
  versionId: string
  major: number
  /** What was never approved may still lose columns, or become a part of the version before. */
  isApproved: boolean
  /** That the caller may know of: a term on any other is one on none. */
  columns: StoredColumns
  features: FeatureRow[]
  /** Names of features that the caller may not know of. */
  hidden: string[]
}

/** Every type in the registry was parsed before it was stored. */
function storedType(text: string): FeatureType {
  const type = parseFeatureType(text)
  if (!type) throw new Error(`The registry holds a type that is not one: ${text}`)
  return type
}

const hiddenOf = (ctx: Context, facts: ResourceFacts, rows: FeatureRow[]): string[] =>
  rows.flatMap(({ name, classification }) =>
    decide(ctx, 'catalog:describe', { ...facts, classification: classification ?? facts.classification })
      .allowed
      ? []
      : [name],
  )

async function findVersion(
  executor: Executor,
  groupId: string,
  major: number | undefined,
  environment: string,
) {
  const promoted = sql`exists (select from ${versionEnvironments} e where e.version_id = ${groupVersions.id}
    and e.environment = ${environment} and e.state = 'promoted')`
  const [row] = await executor
    .select()
    .from(groupVersions)
    .where(
      and(
        eq(groupVersions.groupId, groupId),
        major === undefined ? undefined : eq(groupVersions.major, major),
      ),
    )
    .orderBy(desc(promoted), desc(groupVersions.major))
    .limit(1)
  return row
}

/** The version, by default the one that the environment serves, else the newest. Errors: `not_found`, masked. */
export async function contractedVersion(
  ctx: Context,
  group: string,
  major?: number,
  executor: Executor = db(),
): Promise<ContractedVersion> {
  const facts = await groupFactsOf(ctx, group, executor)
  const version = await findVersion(executor, facts.id, major, ctx.environment)
  if (!version) throw notFound(`Feature group ${group}@${major ?? 1}`, 'version')
  const rows = await executor
    .select()
    .from(features)
    .where(eq(features.versionId, version.id))
    .orderBy(asc(features.position))
  const hidden = hiddenOf(ctx, facts, rows)
  const typed = ({ name, type }: { name: string; type: string }) => ({ name, type: storedType(type) })
  return {
    facts,
    groupId: facts.id,
    group,
    versionId: version.id,
    major: version.major,
    isApproved: version.activatedAt !== null,
    columns: {
      keys: version.primaryKey.map(typed),
      timestampKey: version.timestampKey,
      features: rows.filter(({ name }) => !hidden.includes(name)).map(typed),
    },
    features: rows,
    hidden,
  }
}
