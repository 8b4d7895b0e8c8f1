import { withTransaction } from '@/db/client'
import { authorize, authorizeAtAll, record } from '@/lib/audit'
import { systemResource } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { parseInput } from '@/lib/core/parse-input'
import { systemContext } from '@/lib/identity'
import { enqueue } from '@/lib/queue'
import { archiveVersion } from '@/lib/registry'
import { runArchivingInput } from './operations'
import { previewArchiving } from './preview-archiving'

export interface Archived {
  archived: string[]
  /** What was in the list and could not be archived when its turn came. */
  failed: { name: string; because: string }[]
}

/** Archives what the policy would archive now, each as the policy's own act. For the installation itself. */
export async function archiveByPolicy(
  ctx: Context,
  progress: (done: number, total: number, message: string) => Promise<void>,
): Promise<Archived> {
  const { would_archive: going } = await previewArchiving(ctx)
  const result: Archived = { archived: [], failed: [] }
  for (const { group, version, because } of going) {
    ctx.signal.throwIfAborted()
    const name = `${group}@${version}`
    try {
      await archiveVersion(ctx, group, version, { reason: `By the archive policy. ${because}` })
      result.archived.push(name)
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      result.failed.push({ name, because: error.message })
    }
    await progress(result.archived.length + result.failed.length, going.length, name)
  }
  return result
}

/**
 * Runs the policy now, whether or not it runs each day; what it archives is its act, who asked for it is audited.
 * Errors: `forbidden`, `invalid` without the word.
 */
export async function runArchiving(ctx: Context, body: unknown): Promise<{ job: string }> {
  await authorizeAtAll(ctx, 'settings:manage')
  const { reason } = parseInput(runArchivingInput, body)
  const decision = await authorize(ctx, 'settings:manage', systemResource)
  return withTransaction(async (tx) => {
    const job = await enqueue(
      tx,
      { ...ctx, actor: systemContext().actor },
      {
        kind: 'archive_by_policy',
        input: {},
        title: 'Archive what the policy lists',
        resource: { kind: 'system', name: 'retirement' },
        once: 'archive_by_policy',
      },
    )
    await record(tx, ctx, {
      action: 'settings:manage',
      resource: systemResource,
      decision,
      reason: `Ran the archive policy: ${reason}`,
      after: { job },
      environment: null,
    })
    return { job }
  })
}
