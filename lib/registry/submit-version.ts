import type { Transaction } from '@/db/client'
import type { Context } from '@/lib/core/context'
import { invalid } from '@/lib/core/errors'
import { parseInput } from '@/lib/core/parse-input'
import { actOnVersion, authorizeAct, requireState } from './act-on-version'
import { activateUnreviewed } from './activate-unreviewed'
import { checkVersion, type VersionCheck } from './check-version'
import { requireComplete } from './complete'
import type { FeatureRow, VersionRow } from './definition'
import { actInput } from './inputs'
import { requireTested } from './kept-tests'
import { environmentsOf, featuresOf, type GroupRow, versionsOf } from './queries'
import type { VersionResource } from './resources'
import { changeReview, keepDecision, openReview, recordHand, voidApprovals } from './review/record'
import { assess, baseOf, followedBy } from './review/risk'
import { tellRequested } from './review/tell'
import { updateVersion } from './version-writes'

/** A reviewer can judge only what is explained. */
function requireMeaning(row: GroupRow, features: FeatureRow[]) {
  const reason = 'needs a description before it is reviewed'
  const errors = [
    ...(row.group.description.trim() === '' ? [{ pointer: '/description', reason, code: 'required' }] : []),
    ...features.flatMap((feature, at) =>
      feature.description.trim() === ''
        ? [
            {
              pointer: `/features/${at}/description`,
              reason: `\`${feature.name}\` ${reason}`,
              code: 'required',
            },
          ]
        : [],
    ),
  ]
  if (errors.length > 0)
    throw invalid(`Not yet ready for review: ${errors.length} descriptions are absent.`, errors)
}

const hourMs = 3_600_000

/** Begins the review's turn: how risky the change is, who decides, and until when. */
async function beginReview(
  tx: Transaction,
  ctx: Context,
  { row, version }: { row: GroupRow; version: VersionRow },
  { reason, changeSet }: { reason: string | undefined; changeSet: string | undefined },
): Promise<void> {
  const open = await openReview(tx, ctx, version)
  await recordHand(tx, ctx, open, 'submitted')
  await voidApprovals(tx, ctx, open)
  await keepDecision(tx, ctx, open, 'submit', reason)
  const { decideWithinHours, ...assessed } = await assess(tx, ctx, row, version)
  const at = ctx.now()
  const review = await changeReview(tx, open.id, {
    ...assessed,
    submittedBy: ctx.actor.id,
    submittedAt: at.toISOString(),
    dueAt: new Date(at.getTime() + decideWithinHours * hourMs).toISOString(),
    remindedAt: null,
    escalatedAt: null,
    changeSetId: changeSet ?? null,
    base: baseOf(followedBy(await versionsOf(version.groupId, tx), version.major)),
  })
  await tellRequested(tx, ctx, row, review, reason)
}

/** Hands a draft to its reviewers. Errors: `conflict` unless it is a draft, `invalid` naming what is not described. */
export async function submitVersion(
  ctx: Context,
  group: string,
  major: number,
  body: unknown,
  check?: VersionCheck,
  changeSet?: string,
): Promise<VersionResource> {
  await authorizeAct(ctx, 'version:submit')
  const { reason } = parseInput(actInput, body ?? {})
  return actOnVersion(ctx, {
    action: 'version:submit',
    group,
    major,
    ...(reason === undefined ? {} : { reason }),
    apply: async (tx, row, version) => {
      requireState(row, version, 'submitted', ['draft'])
      const features = await featuresOf(version.id, tx)
      requireMeaning(row, features)
      await requireComplete(tx, row, features)
      const served = await environmentsOf([version.id], tx)
      await checkVersion(
        tx,
        check,
        { group, version: major },
        served.map(({ environment }) => environment),
      )
      await requireTested(tx, row, version)
      const active = await activateUnreviewed(tx, ctx, { row, version, features, reason })
      if (active) return active
      await beginReview(tx, ctx, { row, version }, { reason, changeSet })
      return updateVersion(tx, version.id, { state: 'in_review' })
    },
  })
}
