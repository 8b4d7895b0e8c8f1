import { withTransaction } from '@/db/client'
import { featureServiceVersions } from '@/db/schema'
import { authorizeAtAll, record } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { newId } from '@/lib/core/ids'
import { parseInput } from '@/lib/core/parse-input'
import { announce } from './announce'
import { authorizeIn } from './authorize-in'
import { requireMatch } from './if-match'
import { addServiceVersionInput } from './inputs'
import { getServiceVersion } from './read-feature-services'
import type { ServiceVersionResource } from './resources'
import { touchService, writeServiceDocument } from './service-document'
import { authorizeOnService, placesOfSelection } from './service-places'
import { lockService, serviceVersionsOf } from './service-queries'
import { holdVersions, recordSelection, selectFeatures } from './service-selection'

/** Saves another selection as the next version; those who name an older one keep it. Errors as registerFeatureService. */
export async function addServiceVersion(
  ctx: Context,
  name: string,
  body: unknown,
): Promise<ServiceVersionResource> {
  await authorizeAtAll(ctx, 'service:update')
  const { based_on: basedOn, ...input } = parseInput(addServiceVersionInput, body)
  const { facts, row, decision, places } = await authorizeOnService(ctx, name)
  const [before] = await serviceVersionsOf([row.service.id])
  const fullFeatureNames = input.full_feature_names ?? before?.fullFeatureNames ?? false
  const environment = input.environment ?? ctx.environment
  const selection = await selectFeatures(ctx, input.features, { environment, fullFeatureNames })
  const stricter = { ...facts, classification: selection.classification }
  const reached = [...places, ...(await placesOfSelection(selection.features))]
  await authorizeIn(ctx, 'service:update', stricter, reached)
  const version = await withTransaction(async (tx) => {
    const locked = await lockService(tx, name)
    if (basedOn !== undefined) requireMatch(basedOn, locked.service.revision)
    if (locked.service.archivedAt !== null)
      throw new DomainError('conflict', `Feature service ${name} is archived: restore it first.`)
    await holdVersions(tx, ctx, selection.selections)
    const [newest] = await serviceVersionsOf([locked.service.id], tx)
    const next = (newest?.version ?? 0) + 1
    const at = ctx.now()
    await tx.insert(featureServiceVersions).values({
      id: newId(),
      serviceId: locked.service.id,
      version: next,
      features: selection.features,
      fullFeatureNames,
      createdBy: ctx.actor.id,
      createdAt: at.toISOString(),
    })
    await touchService(tx, locked.service.id, locked.service.revision, at)
    await recordSelection(tx, ctx, name, selection.features)
    await writeServiceDocument(tx, locked, at)
    await record(tx, ctx, {
      action: 'service:update',
      resource: facts,
      decision,
      before: newest && { version: newest.version, features: newest.features },
      after: { version: next, ...input },
      environment,
    })
    await announce(tx, { kind: 'service', name })
    return next
  })
  return getServiceVersion(ctx, name, version)
}
