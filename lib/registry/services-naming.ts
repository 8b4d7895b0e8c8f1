import { desc, eq, sql } from 'drizzle-orm'
import type { Executor } from '@/db/client'
import { featureServices, featureServiceVersions, type ServiceFeature, teams } from '@/db/schema'

export interface NamingService {
  name: string
  /** The newest version that names it. */
  version: number
  features: string[]
  teamId: string
  team: string
  isArchived: boolean
}

export interface Named {
  groupId: string
  version?: number
  feature?: string
}

/** The services that select from a group, a version or one of its features, archived ones too; whoever asks. */
export async function servicesNaming(executor: Executor, named: Named): Promise<NamingService[]> {
  const pattern = JSON.stringify([named])
  const rows = await executor
    .select({ service: featureServices, version: featureServiceVersions, team: teams.name })
    .from(featureServiceVersions)
    .innerJoin(featureServices, eq(featureServices.id, featureServiceVersions.serviceId))
    .innerJoin(teams, eq(teams.id, featureServices.ownerTeamId))
    .where(sql`${featureServiceVersions.features} @> ${pattern}::jsonb`)
    .orderBy(featureServices.name, desc(featureServiceVersions.version))
  const newest = new Map<string, NamingService>()
  for (const { service, version, team } of rows) {
    if (newest.has(service.name)) continue
    const features = version.features.filter((one) => matches(one, named)).map((one) => one.feature)
    newest.set(service.name, {
      name: service.name,
      version: version.version,
      features,
      teamId: service.ownerTeamId,
      team,
      isArchived: service.archivedAt !== null,
    })
  }
  return [...newest.values()]
}

const matches = (one: ServiceFeature, { groupId, version, feature }: Named) =>
  one.groupId === groupId &&
  (version === undefined || one.version === version) &&
  (feature === undefined || one.feature === feature)
