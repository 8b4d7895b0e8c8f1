import { db } from '@/db/client'
import type { Context } from '@/lib/core/context'
import { usageNameOfService } from '@/lib/usage'
import { datasetsUsing } from './datasets-using'
import { impactNote, type ServiceImpactResource } from './impact-resources'
import { getFeatureService } from './read-feature-services'
import { recentReaders, toldReader } from './recent-readers'

/** Who read a service in the last 30 days, and what was built from it, of what the caller may know. Errors: `not_found`. */
export async function impactOfService(ctx: Context, name: string): Promise<ServiceImpactResource> {
  const service = await getFeatureService(ctx, name)
  const { datasets } = await datasetsUsing(ctx, { service: name }, null)
  const readers = await recentReaders(db(), ctx, { group: usageNameOfService(name) })
  return {
    service: name,
    version: service.version,
    datasets: datasets.map(({ name: dataset, version, serviceVersion, team }) => ({
      name: dataset,
      version,
      service_version: serviceVersion,
      owner_team: team,
    })),
    consumers: readers.map(toldReader),
    note: impactNote,
    owner_teams: [...new Set([service.owner_team, ...datasets.map(({ team }) => team)])].sort(),
  }
}
