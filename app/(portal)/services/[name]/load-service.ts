import { foldCounts } from '@/components/feature/prepare-distribution'
import type { ServedFeature } from '@/components/service/served-features'
import { daysOfService, type ServiceHealth } from '@/components/service/service-health'
import { type ServiceTab, serviceTabs } from '@/components/service/service-tabs'
import { decide } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { getDayStrip, getDistributions, getFreshness } from '@/lib/monitoring'
import {
  getFeatureService,
  getVersion,
  impactOfService,
  listServiceVersions,
  serviceFactsOf,
} from '@/lib/registry'
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

async function healthOf(
  ctx: Context,
  service: ServiceResource,
  readers: number,
): Promise<{ health: ServiceHealth; served: ServedFeature[] }> {
  const pinned = [
    ...new Map(
      service.selection.map(({ group, version }) => [`${group}@${version}`, { group, version }]),
    ).values(),
  ]
  const names = service.selection.map(({ group, feature }) => `${group}:${feature}`)
  const [strips, fresh, shapes, versions] = await Promise.all([
    getDayStrip(ctx, names),
    getFreshness(ctx, [...new Set(pinned.map(({ group }) => group))]),
    getDistributions(ctx, names),
    Promise.all(pinned.map(({ group, version }) => pinnedVersion(ctx, group, version))),
  ])
  const states = new Map(versions.map(({ name, state }) => [name, state]))
  return {
    health: {
      days: daysOfService([...strips].map(([name, days]) => ({ name, days }))),
      pinned: versions,
      readers,
      team: service.owner_team,
    },
    served: service.selection.map(({ group, feature, version }) => {
      const name = `${group}:${feature}`
      const shape = shapes.get(name)
      return {
        name,
        version,
        lifecycle: states.get(`${group}@${version}`) ?? null,
        fresh: fresh.get(group) ?? null,
        distribution: shape ? foldCounts(shape) : null,
        days: strips.get(name) ?? [],
      }
    }),
  }
}

export const tabOf = (value: string | string[] | undefined): ServiceTab =>
  serviceTabs.find((tab) => tab === value) ?? 'overview'

/** A service, how it stands, who reads it, and what its reader may do with it. Errors: `not_found`. */
export async function loadService(ctx: Context, name: string) {
  const service = await getFeatureService(ctx, name)
  const impact = await impactOfService(ctx, name)
  const { allowed, rule } = decide(ctx, 'service:update', await serviceFactsOf(ctx, name))
  return {
    service,
    impact,
    ...(await healthOf(ctx, service, impact.consumers.length)),
    versions: (await listServiceVersions(ctx, name)).data,
    act: { allowed, because: allowed ? '' : rule },
    groups: await servedGroups(ctx, service),
    environment: ctx.environment,
  }
}
