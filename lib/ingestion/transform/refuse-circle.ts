import type { Context } from '@/lib/core/context'
import { DomainError, invalidField } from '@/lib/core/errors'
import { systemContext } from '@/lib/identity'
import { getSource, resolveVersion, type ServingVersion } from '@/lib/registry'

/** The version of a group that a name means here; null for a source and for what is not there. */
async function upstreamOf(ctx: Context, name: string): Promise<ServingVersion | null> {
  try {
    await getSource(ctx, name)
    return null
  } catch (error) {
    if (!(error instanceof DomainError && error.code === 'not_found')) throw error
  }
  try {
    return await resolveVersion(ctx, { group: name })
  } catch (error) {
    if (error instanceof DomainError && error.code === 'not_found') return null
    throw error
  }
}

/** Refuses a transformation that feeds itself: each of its runs would be new data for the next. Errors: invalid. */
export async function refuseCircle(version: ServingVersion): Promise<void> {
  const ctx = systemContext({ environment: version.environment })
  const open = [...(version.transformation?.inputs ?? [])]
  const seen = new Set<string>()
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (name === version.groupName) {
      const reason = `${version.groupName} would be computed from itself.`
      throw invalidField('/transformation/inputs', reason, 'circle')
    }
    if (seen.has(name)) continue
    seen.add(name)
    open.push(...((await upstreamOf(ctx, name))?.transformation?.inputs ?? []))
  }
}
