import { withTransaction } from '@/db/client'
import { sources } from '@/db/schema'
import { authorize, authorizeAtAll, record } from '@/lib/audit'
import type { ResourceFacts } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { newId } from '@/lib/core/ids'
import { parseInput } from '@/lib/core/parse-input'
import { announce } from './announce'
import { secondsOrNull } from './definition'
import { ownerTeam } from './owner-team'
import type { RegisterOptions } from './register-feature-group'
import { requireNames } from './require-names'
import type { SourceResource } from './resources'
import { registerSourceInput } from './source-kinds'
import { sourceResource, writeSourceDocument } from './source-queries'
import { nameTaken, onDuplicate } from './unique-name'

/** Registers where raw data comes from. Errors: `conflict` when the name is taken, `invalid`, also for secrets. */
export async function registerSource(
  ctx: Context,
  body: unknown,
  options: RegisterOptions = {},
): Promise<SourceResource> {
  await authorizeAtAll(ctx, 'group:create')
  const input = parseInput(registerSourceInput, body)
  const team = await ownerTeam(ctx, input.owner_team)
  const id = newId()
  const owner = { teamId: team.id, team: team.name }
  const facts: ResourceFacts = {
    kind: 'source',
    id,
    name: input.name,
    ...owner,
    classification: 'internal',
    tags: [],
  }
  const decision = await authorize(ctx, 'group:create', facts)
  const { name, description, kind, config } = input
  const at = ctx.now()
  const row = await onDuplicate(
    () =>
      withTransaction(async (tx) => {
        if (!options.sample)
          await requireNames(tx, [{ kind: 'source', name, team: team.name, pointer: '/name' }])
        const [source] = await tx
          .insert(sources)
          .values({
            id,
            name,
            description,
            kind,
            config,
            freshnessSeconds: secondsOrNull(input.freshness),
            ownerTeamId: team.id,
            sample: options.sample ?? false,
            createdBy: ctx.actor.id,
            createdAt: at.toISOString(),
            updatedAt: at.toISOString(),
          })
          .returning()
        if (!source) throw new Error('An insert returned no row.')
        await writeSourceDocument(tx, { source, team: team.name }, at)
        await record(tx, ctx, {
          action: 'group:create',
          resource: facts,
          decision,
          after: input,
          environment: null,
        })
        await announce(tx, { kind: 'source', name })
        return { source, team: team.name }
      }),
    () => nameTaken('data source', name),
  )
  return sourceResource(ctx, row)
}
