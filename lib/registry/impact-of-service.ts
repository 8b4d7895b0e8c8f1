import type { Context } from '@/lib/core/context'
import { datasetsUsing } from './datasets-using'
import { getFeatureService } from './read-feature-services'
import type { ServiceImpactResource } from './resources'

/** What was built from a service, of what the caller may know. Errors: `not_found`. */
export async function impactOfService(ctx: Context, name: string): Promise<ServiceImpactResource> {
  const service = await getFeatureService(ctx, name)
  const { datasets } = await datasetsUsing(ctx, { service: name }, null)
  return {
    service: name,
    version: service.version,
    datasets: datasets.map(({ name: dataset, version, serviceVersion, team }) => ({
      name: dataset,
      version,
      service_version: serviceVersion,
      owner_team: team,
    })),
    owner_teams: [...new Set([service.owner_team, ...datasets.map(({ team }) => team)])].sort(),
  }
}
