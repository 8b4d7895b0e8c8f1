import { db, type Transaction } from '@/db/client'
import type { Context } from '@/lib/core/context'
import { DomainError, invalidField } from '@/lib/core/errors'
import { parseInput } from '@/lib/core/parse-input'
import { actOnVersion, authorizeAct, requireState, versionName } from './act-on-version'
import type { VersionRow } from './definition'
import { listEnvironments, requireEnvironments } from './environments'
import { fillOnline } from './fill-online'
import { promoteInput } from './inputs'
import { acceptedOf, barsOf, promotionChecks, situationOf } from './promotion/checks'
import { servedIn } from './promotion/served'
import { tellPromoted } from './promotion/tell'
import type { GroupRow } from './queries'
import type { VersionResource } from './resources'
import { promoteIn } from './version-writes'

interface Asked {
  environment: string
  reason: string | undefined
  accept: string[]
}

/** The checks under the lock: what does not pass and was not accepted knowingly keeps the version out. */
async function requireReady(
  tx: Transaction,
  row: GroupRow,
  version: VersionRow,
  { environment, accept }: Asked,
): Promise<{ accepted: string[]; isServed: boolean }> {
  const order = await listEnvironments(tx)
  const situation = await situationOf(tx, row, { version, environment, order })
  const checks = await promotionChecks(tx, situation)
  const bars = barsOf(checks, accept)
  if (bars.length > 0) {
    const why = bars.map(({ detail }) => detail).join(' ')
    throw new DomainError('conflict', `${versionName(row, version)} stays out of ${environment}. ${why}`, {
      extensions: { checks },
    })
  }
  const isServed = servedIn(situation, environment)?.version.id === version.id
  return { accepted: acceptedOf(checks, accept), isServed }
}

/**
 * Lets an environment serve this version instead of the one it serves now, whose data stays and to which a rollback
 * leads. Its checks must pass; those that can be accepted knowingly are named in `accept`, with a reason.
 * Errors: `conflict` with the checks, also unless the version is active; `invalid` for an unknown environment;
 * `forbidden`: from `confidential` up a second person promotes.
 */
export async function promoteVersion(
  ctx: Context,
  group: string,
  major: number,
  body: unknown,
): Promise<VersionResource> {
  await authorizeAct(ctx, 'version:promote')
  const { reason, environment = ctx.environment, accept = [] } = parseInput(promoteInput, body ?? {})
  await requireEnvironments(db(), [environment], () => '/environment')
  if (accept.length > 0 && reason === undefined)
    throw invalidField('/reason', 'A check that did not pass is accepted with a reason.', 'required')
  return actOnVersion(ctx, {
    action: 'version:promote',
    group,
    major,
    environment,
    ...(reason === undefined ? {} : { reason }),
    apply: async (tx, row, version) => {
      requireState(row, version, 'promoted', ['active'])
      const { accepted, isServed } = await requireReady(tx, row, version, { environment, reason, accept })
      if (!isServed) {
        await promoteIn(tx, ctx, version, environment, { kind: 'promoted', reason, accepted })
        await tellPromoted(tx, ctx, row, { version, environment, kind: 'promoted', reason })
      }
      await fillOnline(tx, ctx, group, version, environment)
      return version
    },
  })
}
