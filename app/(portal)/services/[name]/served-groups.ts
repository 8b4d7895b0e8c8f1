import type { ServedGroup } from '@/components/service/read-service-key'
import type { Ended, Selection } from '@/components/use-it/asset'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { getVersion } from '@/lib/registry'
import type { ServiceResource } from '@/lib/registry/operations'
import { loadEnded } from '../../groups/[name]/load-ended'

/** What is read of it by key, and what code needs to read it. */
type UsedGroup = ServedGroup & Selection['groups'][number] & { online: boolean; ended: Ended | null }

async function servedGroup(ctx: Context, name: string, version: number): Promise<UsedGroup | null> {
  try {
    const found = await getVersion(ctx, name, version)
    const { keys, timestamp_key: timestampKey, online, deprecation } = found
    const ended = await loadEnded(ctx, { name, version, deprecation })
    return { name, group: name, version, keys, timestampKey, online, ended }
  } catch (error) {
    if (error instanceof DomainError && error.code === 'not_found') return null
    throw error
  }
}

/** The groups that a service reads, in its order; null when its reader may not know of one and so cannot read the service. */
export async function servedGroups(ctx: Context, service: ServiceResource): Promise<UsedGroup[] | null> {
  const versions = new Map(service.selection.map(({ group, version }) => [group, version]))
  const groups = await Promise.all([...versions].map(([name, version]) => servedGroup(ctx, name, version)))
  const known = groups.filter((group) => group !== null)
  return known.length === groups.length ? known : null
}
