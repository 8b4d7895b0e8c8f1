import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { parseInput } from '@/lib/core/parse-input'
import { actOnVersion, authorizeAct, requireState } from './act-on-version'
import { archiveRefusal } from './archive-refusal'
import { reasonedActInput } from './inputs'
import { leaveOnline } from './leave-online'
import type { VersionResource } from './resources'
import { tellSigners } from './tell-signers'
import { updateVersion } from './version-writes'

/**
 * Takes a version out of use: reads answer 410, nothing is written, its rows leave the online store, and the catalogue
 * shows it only to those who ask. Its history stays, and restoreVersion brings all of it back.
 * Errors: `conflict` unless it is active or deprecated, and while it is used, with the users; `forbidden`.
 */
export async function archiveVersion(
  ctx: Context,
  group: string,
  major: number,
  body: unknown,
): Promise<VersionResource> {
  await authorizeAct(ctx, 'version:deprecate')
  const { reason } = parseInput(reasonedActInput, body)
  return actOnVersion(ctx, {
    action: 'version:deprecate',
    group,
    major,
    reason: `Archived: ${reason}`,
    apply: async (tx, row, version) => {
      requireState(row, version, 'archived', ['active', 'deprecated'])
      const archived = await updateVersion(tx, version.id, {
        state: 'archived',
        archivedAt: ctx.now().toISOString(),
        archiveReason: reason,
      })
      // Looked at when the version is held: whoever wants to name it waits for this act.
      const refusal = await archiveRefusal(tx, ctx, row, version)
      if (refusal)
        throw new DomainError('conflict', refusal.because, { extensions: { users: refusal.users } })
      await leaveOnline(tx, ctx, group, archived)
      await tellSigners(tx, ctx, row, archived, { becomes: 'is archived', body: reason })
      return archived
    },
  })
}
