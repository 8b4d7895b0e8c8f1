import type { Transaction } from '@/db/client'
import { record } from '@/lib/audit'
import type { Decision } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { notify } from '@/lib/notify'
import { storedDefinition, type VersionRow } from './definition'
import { featuresOf, type GroupRow } from './queries'
import { statedDefinition } from './review/field-path'
import { standsFor } from './review/stands-for'
import { deleteVersion, holdsData } from './version-writes'

/** What somebody else wrote stays in the audit log, as it can be sent again, and they hear of it. */
async function keepDraft(
  tx: Transaction,
  ctx: Context,
  { row, draft }: { row: GroupRow; draft: VersionRow },
  decision: Decision,
): Promise<void> {
  if ((await standsFor(ctx.actor, tx)).includes(draft.createdBy)) return
  const { name } = row.group
  const version = `${name}@${draft.major}`
  await record(tx, ctx, {
    action: 'group:update',
    resource: { kind: 'group', name: version },
    decision,
    reason: 'A draft of somebody else gave way to another.',
    before: {
      version: draft.major,
      written_by: draft.createdBy,
      definition: statedDefinition(storedDefinition(draft, await featuresOf(draft.id, tx))),
    },
    environment: null,
  })
  await notify(tx, ctx, {
    kind: 'change',
    to: { people: [draft.createdBy] },
    asset: { kind: 'group', name },
    title: `${ctx.actor.name} wrote another draft over yours of \`${version}\``,
    body: 'Yours is kept in the audit log.',
    href: `/groups/${encodeURIComponent(name)}?tab=versions&version=${draft.major}`,
  })
}

/** A draft gives way to the one that is written now. Errors: `conflict` when it holds rows. */
export async function replaceDraft(
  tx: Transaction,
  ctx: Context,
  { row, draft }: { row: GroupRow; draft: VersionRow | undefined },
  decision: Decision,
): Promise<void> {
  if (!draft) return
  if (await holdsData(tx, [draft.id])) {
    throw new DomainError(
      'conflict',
      `The draft ${row.group.name}@${draft.major} already holds rows and cannot be replaced: submit it.`,
    )
  }
  await keepDraft(tx, ctx, { row, draft }, decision)
  await deleteVersion(tx, draft.id)
}
