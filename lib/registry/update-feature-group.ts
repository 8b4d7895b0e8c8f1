import { db, type Executor, type Transaction, withTransaction } from '@/db/client'
import { authorizeAtAll, record } from '@/lib/audit'
import type { ResourceFacts } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { invalidField } from '@/lib/core/errors'
import { parseInput } from '@/lib/core/parse-input'
import { announce } from './announce'
import { authorizeIn, placesOfGroup } from './authorize-in'
import { isStricter } from './class-names'
import { requireCustom } from './complete'
import { secondsOrNull } from './definition'
import { requireDomain } from './domain-of'
import { groupResource } from './get-feature-group'
import { requireMatch } from './if-match'
import { loosensInherited } from './inherited'
import { type UpdateFeatureGroup, updateFeatureGroupInput } from './inputs'
import { ownerTeam, type Team } from './owner-team'
import { describedGroup, featuresOf, type GroupRow, groupFacts, lockGroup, versionsOf } from './queries'
import type { GroupResource } from './resources'
import { authorOfGroup } from './review/four-eyes'
import { sayOfGroup } from './review/say-of-group'
import { statedOf } from './stated'

/**
 * What is said of a group is said wherever it stands. Taking a class or a restriction away is what an approver does,
 * and never who had a hand in the group.
 */
async function authorizeChange(
  ctx: Context,
  row: GroupRow,
  { input, team }: { input: UpdateFeatureGroup; team: Team | null },
  executor: Executor = db(),
) {
  const facts = groupFacts(row)
  const places = await placesOfGroup(row.group.id, executor)
  const decision = await authorizeIn(ctx, 'group:update', facts, places)
  const { classification, permitted_use: use } = input
  const isDeclassified =
    classification &&
    isStricter(row.group.classification, classification) &&
    isStricter(row.group.classification, 'internal')
  const isReleased = use && row.group.permittedUse.some((one) => !use.includes(one))
  if (isDeclassified || isReleased || (await loosensInherited(row, classification, executor))) {
    const authorId = await authorOfGroup(ctx, row, executor)
    await authorizeIn(ctx, 'version:approve', { ...facts, authorId }, places)
  }
  if (team && team.id !== row.group.ownerTeamId) {
    await authorizeIn(ctx, 'group:create', { ...facts, teamId: team.id, team: team.name }, places)
  }
  return decision
}

async function requireLooseEnough(
  tx: Transaction,
  row: GroupRow,
  classification: ResourceFacts['classification'],
) {
  for (const version of await versionsOf(row.group.id, tx)) {
    const looser = (await featuresOf(version.id, tx)).find(
      (feature) => feature.classification !== null && isStricter(classification, feature.classification),
    )
    if (looser) {
      const reason = `Feature \`${looser.name}\` is ${looser.classification}, looser than ${classification}: a new version can raise it first.`
      throw invalidField('/classification', reason, 'looser_feature')
    }
  }
}

const columnsOf = (input: UpdateFeatureGroup, team: Team | null) => ({
  ...(input.description === undefined ? {} : { description: input.description }),
  ...(input.tags === undefined ? {} : { tags: input.tags }),
  ...(team ? { ownerTeamId: team.id } : {}),
  ...(input.classification === undefined ? {} : { classification: input.classification }),
  ...(input.domain === undefined ? {} : { domain: input.domain }),
  ...(input.cadence === undefined ? {} : { cadenceSeconds: secondsOrNull(input.cadence) }),
  ...(input.note === undefined ? {} : { note: input.note }),
  ...(input.purposes === undefined ? {} : { purposes: input.purposes }),
  ...(input.lawful_basis === undefined ? {} : { lawfulBasis: input.lawful_basis }),
  ...(input.permitted_use === undefined ? {} : { permittedUse: input.permitted_use }),
  ...(input.permitted_use_note === undefined ? {} : { permittedUseNote: input.permitted_use_note }),
  ...(input.custom === undefined ? {} : { custom: input.custom }),
})

/**
 * Changes what is said about a group; its schema changes by addVersion.
 * Errors: `precondition_required`, `precondition_failed`, `forbidden`, `not_found`, `invalid`.
 */
export async function updateFeatureGroup(
  ctx: Context,
  name: string,
  body: unknown,
  ifMatch: string | null,
): Promise<GroupResource> {
  await authorizeAtAll(ctx, 'group:update')
  const input = parseInput(updateFeatureGroupInput, body)
  const before = await describedGroup(ctx, name)
  const team = input.owner_team === undefined ? null : await ownerTeam(ctx, input.owner_team)
  await authorizeChange(ctx, before, { input, team })
  const after = await withTransaction(async (tx) => {
    const row = await lockGroup(tx, name)
    // Again on the row that is held: `*` matches whatever was said in between.
    const decision = await authorizeChange(ctx, row, { input, team }, tx)
    requireMatch(ifMatch, row.group.revision)
    if (input.classification) await requireLooseEnough(tx, row, input.classification)
    await requireCustom(tx, input.custom, row.group.custom)
    const owner = team ?? { id: row.group.ownerTeamId, name: row.team }
    await requireDomain(tx, ctx, { name: input.domain, team: owner, decision })
    const columns = columnsOf(input, team)
    const changed = await sayOfGroup(tx, ctx, row, { columns, decision, reason: input.reason })
    await record(tx, ctx, {
      action: 'group:update',
      resource: { kind: 'group', name },
      decision,
      before: statedOf(row),
      after: input,
      environment: null,
      ...(input.reason === undefined ? {} : { reason: input.reason }),
    })
    await announce(tx, { kind: 'group', name })
    return changed
  })
  return groupResource(ctx, after)
}
