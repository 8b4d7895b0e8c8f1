import { eq, inArray } from 'drizzle-orm'
import { db, type Executor } from '@/db/client'
import { featureGroupVersions as groupVersions, type ServiceFeature, versionEnvironments } from '@/db/schema'
import type { Action, Decision, ResourceFacts } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { placesOfShared } from '@/lib/notify'
import { authorizeIn, placesOfGroup } from './authorize-in'
import { describedService, serviceVersionsOf } from './service-queries'

/** Where any version stands that a selection names. */
export async function placesOfSelection(
  selected: readonly Pick<ServiceFeature, 'groupId' | 'version'>[],
  executor: Executor = db(),
): Promise<string[]> {
  const groupIds = [...new Set(selected.map(({ groupId }) => groupId))]
  if (groupIds.length === 0) return []
  const rows = await executor
    .selectDistinct({
      groupId: groupVersions.groupId,
      version: groupVersions.major,
      environment: versionEnvironments.environment,
    })
    .from(versionEnvironments)
    .innerJoin(groupVersions, eq(groupVersions.id, versionEnvironments.versionId))
    .where(inArray(groupVersions.groupId, groupIds))
  const wanted = new Set(selected.map(({ groupId, version }) => `${groupId}@${version}`))
  const found = rows.filter(({ groupId, version }) => wanted.has(`${groupId}@${version}`))
  return [...new Set(found.map(({ environment }) => environment))].sort()
}

/**
 * Allows a change of a service wherever one of its selections stands: its readers there are given what it says.
 * Errors: `forbidden`, `not_found`.
 */
export async function authorizeOnService(
  ctx: Context,
  name: string,
  executor: Executor = db(),
): Promise<{ decision: Decision; places: string[] } & Awaited<ReturnType<typeof describedService>>> {
  const described = await describedService(ctx, name, executor)
  const versions = await serviceVersionsOf([described.row.service.id], executor)
  const places = await placesOfSelection(
    versions.flatMap(({ features }) => features),
    executor,
  )
  const decision = await authorizeIn(ctx, 'service:update', described.facts, places)
  return { ...described, decision, places }
}

/**
 * Allows an act that is done wherever the asset stands, or what is made of it; what stands nowhere is where the caller
 * says.
 * Errors: `forbidden`, `not_found`.
 */
export async function authorizeWhereItStands(
  ctx: Context,
  action: Action,
  facts: ResourceFacts,
  executor: Executor = db(),
): Promise<Decision> {
  if (facts.kind === 'group') return authorizeIn(ctx, action, facts, await placesOfGroup(facts.id, executor))
  if (facts.kind === 'entity' || facts.kind === 'source' || facts.kind === 'domain')
    return authorizeIn(ctx, action, facts, await placesOfShared(facts.kind, facts.name, executor))
  if (facts.kind !== 'service') return authorizeIn(ctx, action, facts, [])
  const versions = await serviceVersionsOf([facts.id], executor)
  const selected = versions.flatMap(({ features }) => features)
  return authorizeIn(ctx, action, facts, await placesOfSelection(selected, executor))
}
