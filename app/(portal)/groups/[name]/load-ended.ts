import type { Ended } from '@/components/use-it/asset'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { getFeatureGroup, getVersion, parseGroupReference, readingEnd } from '@/lib/registry'
import type { GroupResource } from '@/lib/registry/operations'
import { isUsable } from './usable-asset'

type Version = Pick<GroupResource, 'name' | 'version' | 'deprecation'>

/** How a version has ended for its reader; null while it is read. */
export async function loadEnded(
  ctx: Context,
  { name, version, deprecation }: Version,
): Promise<Ended | null> {
  const sunset = deprecation?.sunset_at ?? null
  if (sunset === null || Date.parse(sunset) > ctx.now().getTime()) return null
  const end = await readingEnd(ctx, name, version)
  return end && { name: `${name}@${version}`, replacement: deprecation?.replacement ?? null, ...end }
}

/** What an ended version names in its place, where that is read here; null where it is not, or is not for this reader. */
export async function loadSuccessor(ctx: Context, { replacement }: Ended): Promise<GroupResource | null> {
  const reference = replacement === null ? null : parseGroupReference(replacement)
  if (!reference) return null
  try {
    const current = await getFeatureGroup(ctx, reference.group)
    const group =
      reference.version === null || reference.version === current.version
        ? current
        : { ...current, ...(await getVersion(ctx, reference.group, reference.version)) }
    const isHere = group.environments.some(({ name }) => name === ctx.environment)
    return isUsable({ group, isHere }) && (await loadEnded(ctx, group)) === null ? group : null
  } catch (error) {
    if (error instanceof DomainError && error.code === 'not_found') return null
    throw error
  }
}
