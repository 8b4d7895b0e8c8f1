import { db } from '@/db/client'
import type { Context } from '@/lib/core/context'
import { parseInput } from '@/lib/core/parse-input'
import { actOnVersion, authorizeAct, requireState } from './act-on-version'
import { requireEnvironments } from './environments'
import { fillOnline } from './fill-online'
import { promoteInput } from './inputs'
import type { VersionResource } from './resources'
import { promoteIn } from './version-writes'

/**
 * Lets an environment serve this version instead of the one it serves now, whose data stays.
 * Errors: `conflict` unless the version is active, `invalid` for an unknown environment.
 */
export async function promoteVersion(
  ctx: Context,
  group: string,
  major: number,
  body: unknown,
): Promise<VersionResource> {
  await authorizeAct(ctx, 'version:promote')
  const input = parseInput(promoteInput, body ?? {})
  const environment = input.environment ?? ctx.environment
  await requireEnvironments(db(), [environment], () => '/environment')
  return actOnVersion(ctx, {
    action: 'version:promote',
    group,
    major,
    environment,
    ...(input.reason === undefined ? {} : { reason: input.reason }),
    apply: async (tx, row, version) => {
      requireState(row, version, 'promoted', ['active'])
      await promoteIn(tx, ctx, version, environment)
      await fillOnline(tx, ctx, group, version, environment)
      return version
    },
  })
}
