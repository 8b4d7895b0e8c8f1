import { daysOfService, type ServiceHealth } from '@/components/service/service-health'
import { decide } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { getDayStrip } from '@/lib/monitoring'
import { getFeatureService, getVersion, impactOfService, serviceFactsOf } from '@/lib/registry'
import type { ServiceResource } from '@/lib/registry/operations'
import { servedGroups } from './served-groups'

async function pinnedVersion(ctx: Context, group: string, version: number) {
  const name = `${group}@${version}`
  try {
    return { name, state: (await getVersion(ctx, group, version)).state }
  } catch (error) {
    if (error instanceof DomainError && error.code === 'not_found') return { name, state: null }
    throw error
  }
}

async function healthOf(ctx: Context, service: ServiceResource, readers: number): Promise<ServiceHealth> {
  const pinned = [
    ...new Map(
      service.selection.map(({ group, version }) => [`${group}@${version}`, { group, version }]),
    ).values(),
  ]
  const names = service.selection.map(({ group, feature }) => `${group}:${feature}`)
  const [strips, versions] = await Promise.all([
    getDayStrip(ctx, names),
    Promise.all(pinned.map(({ group, version }) => pinnedVersion(ctx, group, version))),
  ])
  return {
    days: daysOfService([...strips].map(([name, days]) => ({ name, days }))),
    pinned: versions,
    readers,
    team: service.owner_team,
  }
}

/** A service, how it stands, who reads it, and what its reader may do with it. Errors: `not_found`. */
export async function loadService(ctx: Context, name: string) {
  const service = await getFeatureService(ctx, name)
  const impact = await impactOfService(ctx, name)
  const { allowed, rule } = decide(ctx, 'service:update', await serviceFactsOf(ctx, name))
  return {
    service,
    impact,
    health: await healthOf(ctx, service, impact.consumers.length),
    act: { allowed, because: allowed ? '' : rule },
    groups: await servedGroups(ctx, service),
    environment: ctx.environment,
  }
}
