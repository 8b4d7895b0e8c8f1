import { withTransaction } from '@/db/client'
import { authorizeAtAll } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { parseInput } from '@/lib/core/parse-input'
import { nextDefinition, requireDrafting, requireRevising, situationOf } from './add-version'
import { authorizeIn, placesOfBase } from './authorize-in'
import { missingOf } from './complete'
import { storedDefinition } from './definition'
import { diffDefinitions, isCompatible } from './diff'
import { requireEnvironments } from './environments'
import { requireMatch } from './if-match'
import { isLoosened } from './inherited'
import { addVersionInput } from './inputs'
import type { VersionPreviewResource } from './preview-operations'
import { describedGroup, featuresOf, groupFacts } from './queries'
import { needsReview, strictestOf } from './rules'
import { feedsOf } from './source-of-group'

/**
 * What addVersion would make of a change, by the same rules; nothing is kept.
 * Errors: `forbidden`, `not_found`, `invalid` naming each fault, `conflict` while another version is in review,
 * `precondition_failed` when it was based on what is no longer there.
 */
export async function previewVersion(
  ctx: Context,
  name: string,
  body: unknown,
): Promise<VersionPreviewResource> {
  await authorizeAtAll(ctx, 'group:update')
  const input = parseInput(addVersionInput, body)
  const row = await describedGroup(ctx, name)
  const places = input.environments ?? (await placesOfBase(row.group.id))
  await authorizeIn(ctx, 'group:update', groupFacts(row), places)
  return withTransaction(async (tx) => {
    if (input.based_on !== undefined) requireMatch(input.based_on, row.group.revision)
    const situation = await situationOf(tx, row)
    const { base, draft, greatestMajor } = situation
    const old = storedDefinition(base, await featuresOf(base.id, tx))
    const next = await nextDefinition(tx, row, old, input)
    const environments = input.environments ?? situation.environments
    await requireEnvironments(tx, environments)
    await feedsOf(tx, next)
    const changes = diffDefinitions(old, next)
    const compatible = isCompatible(changes)
    const strictest = strictestOf(row, [...old.features, ...next.features])
    const loosened = await isLoosened(tx, row.group, old, next)
    const stands = base.state !== 'draft' && base.rejectedAt === null
    const isFirst = draft !== undefined && draft.id === base.id
    const review =
      loosened || needsReview(strictest, isFirst ? 'first' : compatible ? 'compatible' : 'breaking')
    const told = { group: name, base: base.major, changes, review }
    if (changes.length === 0)
      return { ...told, change: 'none', becomes: 'nothing', version: base.major, review: false }
    const change = compatible ? ('compatible' as const) : ('breaking' as const)
    if (stands && compatible && !review) {
      await requireRevising(ctx, situation, false)
      return { ...told, change, becomes: 'revision', version: base.major }
    }
    await requireDrafting(ctx, situation, environments)
    const waits = review || !isFirst || (await missingOf(tx, row, next.features)).length > 0
    const version = draft ? draft.major : greatestMajor + 1
    return { ...told, change, becomes: waits ? 'draft' : 'version', version }
  })
}
