import { and, count, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import {
  contractBreaches,
  featureGroups,
  featureGroupVersions,
  featureServices,
  featureServiceVersions,
  features,
  people,
  teamMembers,
  versionRevisions,
} from '@/db/schema'
import type { ResourceFacts } from '@/lib/authz'
import { contractInForce } from '@/lib/contracts'
import type { Context } from '@/lib/core/context'
import { notFound } from '@/lib/core/errors'
import { knownAsset } from '@/lib/notify'
import { ownedFacts } from '@/lib/registry'
import type { CertifiableAsset, Criterion } from './operations'

/** What would be certified: the asset's facts with the author of its served version, and what is found of it. */
export interface Subject {
  resource: ResourceFacts
  /** Null: no version is active. */
  version: number | null
  criteria: Criterion[]
}

const criterion = (name: Criterion['name'], met: boolean, good: string, bad: string): Criterion => ({
  name,
  met,
  detail: met ? good : bad,
})

async function owned({ teamId, team }: ResourceFacts): Promise<Criterion> {
  const [row] = await db()
    .select({ members: count() })
    .from(teamMembers)
    .innerJoin(people, and(eq(people.id, teamMembers.principalId), isNull(people.disabledAt)))
    .where(eq(teamMembers.teamId, teamId ?? ''))
  return criterion(
    'owned',
    (row?.members ?? 0) > 0,
    `Team ${team} looks after it.`,
    `Nobody is left in team ${team}.`,
  )
}

async function ofVersion(
  version: typeof featureGroupVersions.$inferSelect,
  groupId: string,
  at: Date,
): Promise<Criterion[]> {
  const contract = await contractInForce({ groupId, major: version.major }, at)
  const [approval] = await db()
    .select({ id: versionRevisions.approvedBy })
    .from(versionRevisions)
    .where(and(eq(versionRevisions.versionId, version.id), isNotNull(versionRevisions.approvedBy)))
    .orderBy(desc(versionRevisions.revision))
    .limit(1)
  const [breaches] = await db()
    .select({ open: count() })
    .from(contractBreaches)
    .where(and(eq(contractBreaches.versionId, version.id), isNull(contractBreaches.closedAt)))
  return [
    criterion(
      'contracted',
      contract !== null,
      `Contract ${contract?.number} is in force.`,
      'No contract is in force.',
    ),
    criterion(
      'reviewed',
      approval !== undefined,
      'A second person approved it.',
      'It came into force without a second person.',
    ),
    criterion(
      'no_open_breach',
      (breaches?.open ?? 0) === 0,
      'No breach is open.',
      `${breaches?.open} breaches are open.`,
    ),
  ]
}

/** Of a group all features, of a feature itself. */
async function described(versionId: string, groupText: string, feature: string | null): Promise<Criterion> {
  const rows = await db()
    .select({ name: features.name, description: features.description })
    .from(features)
    .where(eq(features.versionId, versionId))
  if (feature !== null && !rows.some(({ name }) => name === feature)) throw notFound(`Feature ${feature}`)
  const bare = rows
    .filter(({ name, description }) => (feature === null || name === feature) && description.trim() === '')
    .map(({ name }) => name)
  if (feature === null && groupText.trim() === '') bare.unshift('the group itself')
  return criterion(
    'described',
    bare.length === 0,
    'All of it is described.',
    `Not described: ${bare.join(', ')}.`,
  )
}

/** The group whose name the asset begins with, in its newest active version. */
async function groupSubject(ctx: Context, name: string, feature: string | null): Promise<Subject> {
  const resource = await ownedFacts(ctx, 'group', name)
  const [row] = await db()
    .select({ group: featureGroups, version: featureGroupVersions })
    .from(featureGroupVersions)
    .innerJoin(featureGroups, eq(featureGroups.id, featureGroupVersions.groupId))
    .where(and(eq(featureGroups.name, name), eq(featureGroupVersions.state, 'active')))
    .orderBy(desc(featureGroupVersions.major))
    .limit(1)
  if (!row) return { resource, version: null, criteria: [await owned(resource)] }
  return {
    resource: { ...resource, authorId: row.version.createdBy },
    version: row.version.major,
    criteria: [
      await owned(resource),
      await described(row.version.id, row.group.description, feature),
      ...(await ofVersion(row.version, row.group.id, ctx.now())),
    ],
  }
}

/** Each group that a service pins, in the version that it pins. */
async function pinned(selection: { groupId: string; version: number }[], at: Date): Promise<Criterion[]> {
  const all: Criterion[] = []
  const once = new Map(selection.map((one) => [`${one.groupId}@${one.version}`, one]))
  for (const { groupId, version } of once.values()) {
    const [row] = await db()
      .select()
      .from(featureGroupVersions)
      .where(and(eq(featureGroupVersions.groupId, groupId), eq(featureGroupVersions.major, version)))
    if (row) all.push(...(await ofVersion(row, groupId, at)))
  }
  return (['contracted', 'reviewed', 'no_open_breach'] as const).map((name) => {
    const missed = all.filter((one) => one.name === name && !one.met).length
    return criterion(
      name,
      missed === 0,
      'So it is with every group that it reads.',
      missed === 1 ? 'Not so with one group that it reads.' : `Not so with ${missed} groups that it reads.`,
    )
  })
}

async function serviceSubject(ctx: Context, name: string): Promise<Subject> {
  const resource = await ownedFacts(ctx, 'service', name)
  const [row] = await db()
    .select({ service: featureServices, version: featureServiceVersions })
    .from(featureServiceVersions)
    .innerJoin(featureServices, eq(featureServices.id, featureServiceVersions.serviceId))
    .where(and(eq(featureServices.name, name), sql`${featureServices.archivedAt} is null`))
    .orderBy(desc(featureServiceVersions.version))
    .limit(1)
  if (!row) return { resource, version: null, criteria: [await owned(resource)] }
  const isDescribed = row.service.description.trim() !== '' && (row.service.purpose ?? '').trim() !== ''
  return {
    resource: { ...resource, authorId: row.version.createdBy },
    version: row.version.version,
    criteria: [
      await owned(resource),
      criterion(
        'described',
        isDescribed,
        'It is described, with its purpose.',
        'Its description or purpose is empty.',
      ),
      ...(await pinned(row.version.features, ctx.now())),
    ],
  }
}

/** Errors: `not_found`, the same for a missing and for a hidden asset. */
export async function subjectOf(ctx: Context, asset: CertifiableAsset): Promise<Subject> {
  await knownAsset(ctx, asset)
  if (asset.kind === 'service') return serviceSubject(ctx, asset.name)
  const [group = '', feature = null] = asset.name.split(':')
  return groupSubject(ctx, group, feature)
}
