import type { Transaction } from '@/db/client'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { newId } from '@/lib/core/ids'
import { parseInput } from '@/lib/core/parse-input'
import { closeEdge } from '@/lib/edges'
import { actOnVersion, authorizeAct, requireState, versionName } from './act-on-version'
import type { VersionRow } from './definition'
import { replacementEdge } from './deprecate-version'
import { tellDownstream } from './ending/downstream'
import { endGraces } from './ending/graces'
import { fillOnline } from './fill-online'
import { reasonedActInput } from './inputs'
import { awaitOnline } from './leave-online'
import { environmentsOf, type GroupRow } from './queries'
import type { VersionResource } from './resources'
import { updateVersion } from './version-writes'

/** Back to what it was when it was archived: deprecated, or active. */
async function outOfArchive(tx: Transaction, version: VersionRow): Promise<VersionRow> {
  await awaitOnline(tx, version)
  return updateVersion(tx, version.id, {
    state: version.deprecatedAt === null ? 'active' : 'deprecated',
    archivedAt: null,
    archiveReason: null,
  })
}

async function outOfDeprecation(
  tx: Transaction,
  ctx: Context,
  row: GroupRow,
  version: VersionRow,
): Promise<VersionRow> {
  if (version.replacement !== null) {
    await closeEdge(tx, replacementEdge(versionName(row, version), version.replacement), ctx.now())
  }
  await endGraces(tx, ctx, version.id, 'The version was restored.')
  await tellDownstream(
    tx,
    ctx,
    { row, version },
    {
      kind: 'deprecation',
      title: `${versionName(row, version)} is active again`,
      body: 'Its deprecation was taken back; reads go on.',
      occasion: `restored:${newId(ctx.now().getTime())}`,
    },
  )
  return updateVersion(tx, version.id, {
    state: 'active',
    deprecatedAt: null,
    deprecationReason: null,
    replacement: null,
    sunsetAt: null,
  })
}

const isPast = (ctx: Context, { sunsetAt }: VersionRow) =>
  sunsetAt !== null && Date.parse(sunsetAt) <= ctx.now().getTime()

/**
 * Takes back the last step of a version's end. One that is archived becomes what it was before, deprecated or active,
 * and its rows go online again by a job; one that is deprecated is active again, and everybody downstream is told so.
 * Errors: `conflict` unless it is archived or deprecated; `forbidden`.
 */
export async function restoreVersion(
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
    reason: `Restored: ${reason}`,
    apply: async (tx, row, version) => {
      requireState(row, version, 'restored', ['deprecated', 'archived'])
      if (version.rejectedAt !== null)
        throw new DomainError(
          'conflict',
          `${versionName(row, version)} was rejected in review. Its definition can come back as a new version.`,
        )
      const restored =
        version.state === 'archived'
          ? await outOfArchive(tx, version)
          : await outOfDeprecation(tx, ctx, row, version)
      // Rows of the nearer past that nobody may read would only come to leave again.
      if (isPast(ctx, restored)) return restored
      for (const { environment } of await environmentsOf([version.id], tx))
        await fillOnline(tx, ctx, group, restored, environment)
      return restored
    },
  })
}
