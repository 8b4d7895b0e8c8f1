import { eq } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { features } from '@/db/schema'
import { missing } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { parseInput } from '@/lib/core/parse-input'
import { actOnVersion, authorizeAct, requireState } from '../act-on-version'
import { nextDefinition } from '../add-version'
import { authorizeIn, placesOfGroup } from '../authorize-in'
import { checkVersion, type VersionCheck } from '../check-version'
import { storedDefinition, type VersionDefinition, type VersionRow } from '../definition'
import { diffDefinitions, isCompatible } from '../diff'
import { requireVersion } from '../get-feature-group'
import { addVersionInput, updateFeatureGroupInput } from '../inputs'
import { environmentsOf, featuresOf, findGroup, type GroupRow, groupFacts } from '../queries'
import type { VersionResource } from '../resources'
import { holdsData, updateVersion } from '../version-writes'
import { placeOf, statedDefinition } from './field-path'
import { changeReview, changeSetOf, openReview, type ReviewRow, recordHand, voidApprovals } from './record'
import { sayOfGroup } from './say-of-group'

interface FieldEdit {
  /** `description` is the group's; else a path as a difference names it. */
  field: string
  /** What the edit was made on. */
  old: unknown
  new: unknown
}

const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)

const movedOn = (field: string) =>
  new DomainError(
    'conflict',
    `\`${field}\` is no longer what the suggestion was made on. Decline it, or suggest anew.`,
  )

/** The value at a path of a version as it stands; `description` is the group's. Errors: `invalid`, `not_found`. */
export async function valueUnderReview(group: string, major: number, field: string): Promise<unknown> {
  const row = await findGroup(group)
  if (!row) throw missing('group', group)
  if (field === 'description') return row.group.description
  const version = await requireVersion(row, major)
  const stated = statedDefinition(storedDefinition(version, await featuresOf(version.id)))
  return placeOf(stated, field).read() ?? null
}

/** Features keep their rows and places: a suggestion neither adds nor removes one. */
async function writeDefinition(tx: Transaction, version: VersionRow, next: VersionDefinition) {
  const rows = await featuresOf(version.id, tx)
  for (const [at, row] of rows.entries()) {
    const feature = next.features[at]
    if (feature) await tx.update(features).set(feature).where(eq(features.id, row.id))
  }
  const { keys: primaryKey, features: _, ...rest } = next
  return updateVersion(tx, version.id, { ...rest, primaryKey })
}

async function editDefinition(tx: Transaction, row: GroupRow, version: VersionRow, edit: FieldEdit) {
  const stored = storedDefinition(version, await featuresOf(version.id, tx))
  const stated = statedDefinition(stored)
  const place = placeOf(stated, edit.field)
  if (!same(place.read(), edit.old)) throw movedOn(edit.field)
  place.write(edit.new)
  const next = await nextDefinition(tx, row, stored, parseInput(addVersionInput, stated))
  const isHarmless = isCompatible(diffDefinitions(stored, next))
  if (!isHarmless && (await holdsData(tx, [version.id])))
    throw new DomainError('conflict', 'The draft already holds rows, which the new value would not fit.')
  return writeDefinition(tx, version, next)
}

async function editGroup(
  tx: Transaction,
  ctx: Context,
  { row, version }: { row: GroupRow; version: VersionRow },
  { edit, reason }: { edit: FieldEdit; reason: string },
) {
  if (!same(row.group.description, edit.old)) throw movedOn(edit.field)
  // It is said wherever the group stands, not where this version does.
  const places = await placesOfGroup(row.group.id, tx)
  const decision = await authorizeIn(ctx, 'group:update', groupFacts(row), places)
  const columns = parseInput(updateFeatureGroupInput.pick({ description: true }).required(), {
    description: edit.new,
  })
  await sayOfGroup(tx, ctx, row, { columns, decision, reason })
  return version
}

interface Application {
  edit: FieldEdit
  /** Every id that stands for whoever suggested it: from now on an author. */
  suggestedBy: readonly string[]
  reason: string
  check: VersionCheck | undefined
  /** What else belongs to the act, in its transaction. */
  within: (tx: Transaction, review: ReviewRow) => Promise<void>
}

/**
 * Changes one field of a draft or of a version in review, by the rules of any definition. Approvals that were given
 * are void, and both who suggested and who applied it are authors from now on. The group's description is said of the
 * group: it changes at once, wherever the group stands, as it does when it is written without a suggestion.
 * Errors: `forbidden`, `conflict` in another state and when the field is not what the edit was made on, `invalid`.
 */
export async function applyEdit(
  ctx: Context,
  group: string,
  major: number,
  { edit, suggestedBy, reason, check, within }: Application,
): Promise<VersionResource> {
  await authorizeAct(ctx, 'group:update')
  return actOnVersion(ctx, {
    action: 'group:update',
    group,
    major,
    reason,
    said: { field: edit.field },
    apply: async (tx, row, version) => {
      requireState(row, version, 'edited', ['draft', 'in_review'])
      const review = await openReview(tx, ctx, version)
      const edited =
        edit.field === 'description'
          ? await editGroup(tx, ctx, { row, version }, { edit, reason })
          : await editDefinition(tx, row, version, edit)
      const environments = (await environmentsOf([version.id], tx)).map((one) => one.environment)
      await checkVersion(tx, check, { group, version: major }, environments)
      await recordHand(tx, ctx, review, 'applied')
      await recordHand(tx, ctx, review, 'suggested', suggestedBy)
      await voidApprovals(tx, ctx, review)
      await changeReview(tx, review.id)
      await changeSetOf(tx, review)
      await within(tx, review)
      return edited
    },
  })
}
