import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { commits, featureGroups, featureGroupVersions, jobs } from '@/db/schema'
import { authorize, authorizeAtAll } from '@/lib/audit'
import { decide } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { resolveVersion, type ServingVersion, type VersionReference } from '@/lib/registry'
import {
  type MaterializationInput,
  materializationSpan,
  queueMaterialization,
  requireOnline,
} from './request-materialization'
import { runMaterialization } from './run-materialization'

/** The versions whose rows wait in the context's environment and that the caller may write to. */
async function waitingVersions(ctx: Context): Promise<ServingVersion[]> {
  const rows = await db()
    .selectDistinct({ group: featureGroups.name, version: featureGroupVersions.major })
    .from(commits)
    .innerJoin(featureGroupVersions, eq(featureGroupVersions.id, commits.versionId))
    .innerJoin(featureGroups, eq(featureGroups.id, featureGroupVersions.groupId))
    .where(
      and(
        eq(commits.environment, ctx.environment),
        eq(commits.onlineState, 'offline_only'),
        isNull(commits.revertedBy),
      ),
    )
  const versions: ServingVersion[] = []
  for (const reference of rows) {
    const version = await resolveVersion(ctx, reference).catch((error: unknown) => {
      if (error instanceof DomainError && error.code === 'not_found') return null
      throw error
    })
    if (version?.online && decide(ctx, 'group:write_online', version.resource).allowed) versions.push(version)
  }
  return versions
}

async function namedVersions(ctx: Context, references: VersionReference[]): Promise<ServingVersion[]> {
  const versions: ServingVersion[] = []
  for (const reference of references) {
    const version = await resolveVersion(ctx, reference)
    await authorize(ctx, 'group:write_online', version.resource)
    requireOnline(ctx, version)
    versions.push(version)
  }
  return versions
}

async function refuseRunning({ groupName, major, environment }: ServingVersion): Promise<void> {
  const running = await db().$count(
    jobs,
    and(
      eq(jobs.kind, 'materialize'),
      inArray(jobs.state, ['queued', 'running']),
      eq(jobs.resourceName, groupName),
      eq(jobs.environment, environment),
      sql`(${jobs.input} ->> 'version')::int = ${major}`,
    ),
  )
  if (running > 0) throw new DomainError('conflict', `${groupName}@${major} is being materialized already.`)
}

/** What is asked for: every version that the caller may write to when none is named. */
async function inputsOf(
  ctx: Context,
  references: VersionReference[] | null,
  span: Span,
): Promise<MaterializationInput[]> {
  await authorizeAtAll(ctx, 'group:write_online')
  const { from, to } = materializationSpan(span)
  const versions = references ? await namedVersions(ctx, references) : await waitingVersions(ctx)
  for (const version of versions) await refuseRunning(version)
  return versions.map(({ groupName: group, major: version, environment }) => ({
    group,
    version,
    environment,
    from,
    to,
  }))
}

interface Span {
  from?: string | undefined
  to?: string | undefined
}

/**
 * Brings waiting rows of several versions online before it answers; of every version that the caller may write to when
 * none is named. Errors: forbidden, not_found, invalid, conflict (one is being materialized), gone, unavailable.
 */
export async function materializeNow(
  ctx: Context,
  references: VersionReference[] | null,
  span: Span,
): Promise<void> {
  for (const input of await inputsOf(ctx, references, span))
    await runMaterialization({ ctx, input, progress: async () => {}, log: async () => {} })
}

/** `materializeNow` as jobs, one a version; returns their ids. */
export async function materializeSoon(
  ctx: Context,
  references: VersionReference[] | null,
  span: Span,
): Promise<string[]> {
  const jobIds: string[] = []
  for (const input of await inputsOf(ctx, references, span))
    jobIds.push(await queueMaterialization(db(), ctx, input))
  return jobIds
}
