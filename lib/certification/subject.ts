import { and, count, desc, eq, isNotNull, isNull, not, sql } from 'drizzle-orm'
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
  teams,
  versionRevisions,
} from '@/db/schema'
import { decide, type ResourceFacts } from '@/lib/authz'
import { contractInForce, namesHidden } from '@/lib/contracts'
import type { Context } from '@/lib/core/context'
import { notFound } from '@/lib/core/errors'
import { knownAsset } from '@/lib/notify'
import { authorAmong, authorFor, ownedFacts } from '@/lib/registry'
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

interface Served {
  group: typeof featureGroups.$inferSelect
  team: string
  version: typeof featureGroupVersions.$inferSelect
}

/** The features of a version; those that the reader may not know of apart, which no word and no number tells of. */
async function featuresFor(ctx: Context, { group, team, version }: Served) {
  const rows = await db()
    .select({ name: features.name, description: features.description, own: features.classification })
    .from(features)
    .where(eq(features.versionId, version.id))
  const { id, name, ownerTeamId: teamId, classification, tags } = group
  const facts: ResourceFacts = { kind: 'group', id, name, teamId, team, classification, tags }
  const isKnown = ({ own }: { own: ResourceFacts['classification'] | null }) =>
    decide(ctx, 'catalog:describe', { ...facts, classification: own ?? classification }).allowed
  return {
    known: rows.filter(isKnown),
    hidden: rows.filter((row) => !isKnown(row)).map((row) => row.name),
  }
}

async function ofVersion(ctx: Context, served: Served): Promise<Criterion[]> {
  const { group, version } = served
  const contract = await contractInForce({ groupId: group.id, major: version.major }, ctx.now())
  const { hidden } = await featuresFor(ctx, served)
  const [approval] = await db()
    .select({ id: versionRevisions.approvedBy })
    .from(versionRevisions)
    .where(and(eq(versionRevisions.versionId, version.id), isNotNull(versionRevisions.approvedBy)))
    .orderBy(desc(versionRevisions.revision))
    .limit(1)
  const [breaches] = await db()
    .select({ open: count() })
    .from(contractBreaches)
    .where(
      and(
        eq(contractBreaches.versionId, version.id),
        isNull(contractBreaches.closedAt),
        not(namesHidden(hidden)),
      ),
    )
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

/** Of a group all features that the reader may know of, of a feature itself. */
async function described(ctx: Context, served: Served, feature: string | null): Promise<Criterion> {
  const { known: rows } = await featuresFor(ctx, served)
  if (feature !== null && !rows.some(({ name }) => name === feature)) throw notFound(`Feature ${feature}`)
  const bare = rows
    .filter(({ name, description }) => (feature === null || name === feature) && description.trim() === '')
    .map(({ name }) => name)
  if (feature === null && served.group.description.trim() === '') bare.unshift('the group itself')
  return criterion(
    'described',
    bare.length === 0,
    'All of it is described.',
    `Not described: ${bare.join(', ')}.`,
  )
}

const served = { group: featureGroups, team: teams.name, version: featureGroupVersions }

/** The group whose name the asset begins with, in its newest active version. */
async function groupSubject(ctx: Context, name: string, feature: string | null): Promise<Subject> {
  const resource = await ownedFacts(ctx, 'group', name)
  const [row] = await db()
    .select(served)
    .from(featureGroupVersions)
    .innerJoin(featureGroups, eq(featureGroups.id, featureGroupVersions.groupId))
    .innerJoin(teams, eq(teams.id, featureGroups.ownerTeamId))
    .where(and(eq(featureGroups.name, name), eq(featureGroupVersions.state, 'active')))
    .orderBy(desc(featureGroupVersions.major))
    .limit(1)
  if (!row) return { resource, version: null, criteria: [await owned(resource)] }
  return {
    resource: { ...resource, authorId: await authorFor(ctx, row.version) },
    version: row.version.major,
    criteria: [await owned(resource), await described(ctx, row, feature), ...(await ofVersion(ctx, row))],
  }
}

/** Each group that a service pins, in the version that it pins. */
async function pinned(ctx: Context, selection: { groupId: string; version: number }[]): Promise<Criterion[]> {
  const all: Criterion[] = []
  const once = new Map(selection.map((one) => [`${one.groupId}@${one.version}`, one]))
  for (const { groupId, version } of once.values()) {
    const [row] = await db()
      .select(served)
      .from(featureGroupVersions)
      .innerJoin(featureGroups, eq(featureGroups.id, featureGroupVersions.groupId))
      .innerJoin(teams, eq(teams.id, featureGroups.ownerTeamId))
      .where(and(eq(featureGroupVersions.groupId, groupId), eq(featureGroupVersions.major, version)))
    if (row) all.push(...(await ofVersion(ctx, row)))
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
    resource: { ...resource, authorId: await authorAmong(ctx, [row.version.createdBy]) },
    version: row.version.version,
    criteria: [
      await owned(resource),
      criterion(
        'described',
        isDescribed,
        'It is described, with its purpose.',
        'Its description or purpose is empty.',
      ),
      ...(await pinned(ctx, row.version.features)),
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
