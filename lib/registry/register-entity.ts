import { withTransaction } from '@/db/client'
import { authorize, authorizeAtAll, record } from '@/lib/audit'
import type { ResourceFacts } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { parseInput } from '@/lib/core/parse-input'
import { requireDomain } from './domain-of'
import { entityResource } from './entity-queries'
import { registerEntityInput } from './inputs'
import { insertEntity } from './insert-entity'
import { ownerTeam } from './owner-team'
import type { RegisterOptions } from './register-feature-group'
import { requireNames } from './require-names'
import type { EntityResource } from './resources'
import { nameTaken, onDuplicate } from './unique-name'

/** Registers what features describe: a name and its typed keys. Errors: `conflict` when the name is taken, `invalid`. */
export async function registerEntity(
  ctx: Context,
  body: unknown,
  options: RegisterOptions = {},
): Promise<EntityResource> {
  await authorizeAtAll(ctx, 'group:create')
  const input = parseInput(registerEntityInput, body)
  const team = await ownerTeam(ctx, input.owner_team)
  const facts: ResourceFacts = {
    kind: 'entity',
    id: '',
    name: input.name,
    teamId: team.id,
    team: team.name,
    classification: 'internal',
    tags: [],
  }
  const decision = await authorize(ctx, 'group:create', facts)
  const { name, keys, description } = input
  const entity = await onDuplicate(
    () =>
      withTransaction(async (tx) => {
        const added = {
          name,
          keys,
          description,
          domain: input.domain ?? null,
          team,
          sample: options.sample ?? false,
        }
        if (!added.sample)
          await requireNames(tx, [{ kind: 'entity', name, team: team.name, pointer: '/name' }])
        await requireDomain(tx, ctx, { name: added.domain, team, decision, sample: added.sample })
        const row = await insertEntity(tx, ctx, added)
        await record(tx, ctx, {
          action: 'group:create',
          resource: facts,
          decision,
          after: input,
          environment: null,
        })
        return row
      }),
    () => nameTaken('entity', name),
  )
  return entityResource(ctx, { entity, team: team.name })
}
