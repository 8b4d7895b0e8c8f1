import type { Context } from '@/lib/core/context'
import {
  addServiceVersion,
  getFeatureService,
  registerFeatureService,
  updateFeatureService,
} from '@/lib/registry'
import { type ServiceResource, updateFeatureServiceInput } from '@/lib/registry/operations'
import { found, namesOf, patchOf, unchanged } from './change'
import { documentOfService } from './documents'
import type { Definition } from './read-files'
import type { Outcome } from './resources'
import { differing, spell } from './spelling'

/** `group:feature` without a version stands for whichever version of it is pinned. */
const asPinned = (reference: string, pinned: readonly string[]): string =>
  pinned.find((one) => one === reference || one.replace(/@\d+:/, ':') === reference) ?? reference

const selectionMembers = ['features', 'full_feature_names']

async function changeService(
  ctx: Context,
  current: ServiceResource,
  body: Record<string, unknown>,
): Promise<Outcome> {
  const from = documentOfService(current)
  const asked = spell('feature_service', body)
  const features = Array.isArray(asked.features) ? asked.features.map(String) : []
  const to = { ...asked, features: features.map((one) => asPinned(one, current.features)) }
  const { patch, changes } = patchOf(from, to, namesOf(updateFeatureServiceInput))
  if (changes.length > 0) await updateFeatureService(ctx, current.name, patch, current.etag)
  const selected = differing(from, to, selectionMembers)
  if (selected.length === 0)
    return changes.length === 0 ? unchanged : { ...unchanged, act: 'update', changes }
  const { version } = await addServiceVersion(ctx, current.name, {
    features: to.features,
    full_feature_names: asked.full_feature_names,
    ...(body.environment === undefined ? {} : { environment: body.environment }),
  })
  const classed = selected.map((one) => ({ ...one, class: 'warning' as const }))
  return { ...unchanged, act: 'new_version', version, changes: [...changes, ...classed] }
}

/** Registers the service of a document, or changes what is said of it and what it selects. */
export async function carryOutService(ctx: Context, { name, body }: Definition): Promise<Outcome> {
  const current = await found(() => getFeatureService(ctx, name))
  if (current) return changeService(ctx, current, body)
  const { version } = await registerFeatureService(ctx, body)
  return { ...unchanged, act: 'create', version }
}
