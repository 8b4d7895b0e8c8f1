import { withTransaction } from '@/db/client'
import { featureServices, featureServiceVersions } from '@/db/schema'
import { authorizeAtAll, record } from '@/lib/audit'
import type { ResourceFacts } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { newId } from '@/lib/core/ids'
import { parseInput } from '@/lib/core/parse-input'
import { announce } from './announce'
import { authorizeIn } from './authorize-in'
import { registerFeatureServiceInput } from './inputs'
import { ownerTeam } from './owner-team'
import { getFeatureService } from './read-feature-services'
import type { RegisterOptions } from './register-feature-group'
import { requireNames } from './require-names'
import type { ServiceResource } from './resources'
import { writeServiceDocument } from './service-document'
import { placesOfSelection } from './service-places'
import { findService } from './service-queries'
import { holdVersions, recordSelection, selectFeatures } from './service-selection'
import { nameTaken, onDuplicate } from './unique-name'

/**
 * Saves a selection of features as version 1 of a service, pinned to the versions that the environment serves now.
 * Errors: `conflict` when the name is taken or a version is deprecated; `not_found` naming an unknown group or
 * feature; `invalid` for labels, duplicates and ambiguous names; `forbidden`.
 */
export async function registerFeatureService(
  ctx: Context,
  body: unknown,
  options: RegisterOptions = {},
): Promise<ServiceResource> {
  await authorizeAtAll(ctx, 'service:create')
  const input = parseInput(registerFeatureServiceInput, body)
  const team = await ownerTeam(ctx, input.owner_team)
  const { name, description, tags } = input
  const fullFeatureNames = input.full_feature_names
  const environment = input.environment ?? ctx.environment
  const selection = await selectFeatures(ctx, input.features, { environment, fullFeatureNames })
  const { classification } = selection
  const id = newId()
  const facts: ResourceFacts = {
    kind: 'service',
    id,
    name,
    teamId: team.id,
    team: team.name,
    classification,
    tags,
  }
  // Who makes it can change it: both are asked for wherever what it selects stands.
  const places = await placesOfSelection(selection.features)
  const decision = await authorizeIn(ctx, 'service:create', facts, places)
  if (await findService(name)) throw nameTaken('feature service', name)
  const at = ctx.now()
  const stamp = { createdBy: ctx.actor.id, createdAt: at.toISOString() }
  await onDuplicate(
    () =>
      withTransaction(async (tx) => {
        if (!options.sample)
          await requireNames(tx, [{ kind: 'service', name, team: team.name, pointer: '/name' }])
        await holdVersions(tx, ctx, selection.selections)
        const [service] = await tx
          .insert(featureServices)
          .values({
            id,
            name,
            description,
            purpose: input.purpose ?? null,
            ownerTeamId: team.id,
            tags,
            sample: options.sample ?? false,
            updatedAt: at.toISOString(),
            ...stamp,
          })
          .returning()
        if (!service) throw new Error('An insert returned no row.')
        const { features } = selection
        await tx
          .insert(featureServiceVersions)
          .values({ id: newId(), serviceId: id, version: 1, features, fullFeatureNames, ...stamp })
        await recordSelection(tx, ctx, name, features)
        await writeServiceDocument(tx, { service, team: team.name }, at)
        await record(tx, ctx, {
          action: 'service:create',
          resource: facts,
          decision,
          after: input,
          environment,
        })
        await announce(tx, { kind: 'service', name })
      }),
    () => nameTaken('feature service', name),
  )
  return getFeatureService(ctx, name)
}
