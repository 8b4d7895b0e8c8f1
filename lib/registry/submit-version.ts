import type { Context } from '@/lib/core/context'
import { invalid } from '@/lib/core/errors'
import { parseInput } from '@/lib/core/parse-input'
import { actOnVersion, authorizeAct, requireState } from './act-on-version'
import { checkVersion, type VersionCheck } from './check-version'
import type { FeatureRow } from './definition'
import { actInput } from './inputs'
import { environmentsOf, featuresOf, type GroupRow } from './queries'
import type { VersionResource } from './resources'
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

/** Hands a draft to its reviewers. Errors: `conflict` unless it is a draft, `invalid` naming what is not described. */
export async function submitVersion(
  ctx: Context,
  group: string,
  major: number,
  body: unknown,
  check?: VersionCheck,
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
      requireMeaning(row, await featuresOf(version.id, tx))
      const served = await environmentsOf([version.id], tx)
      await checkVersion(
        tx,
        check,
        { group, version: major },
        served.map(({ environment }) => environment),
      )
      return updateVersion(tx, version.id, { state: 'in_review' })
    },
  })
}
