import { type Transaction, withTransaction } from '@/db/client'
import { definitionRuns } from '@/db/schema'
import { authorizeAtAll } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { parseInput } from '@/lib/core/parse-input'
import { enqueue } from '@/lib/queue'
import { applyInput, atOnce, planInput } from '../operations'
import type { DefinitionFile } from '../read-files'
import type { BegunRunResource, RunAct } from '../resources'
import { packed } from './kept'

const documentStart = /^(?:---[ \t]*)?\{?[ \t]*["']?kind["']?[ \t]*:/gm

/** Counted without reading the YAML: what looks like the kind of a document. */
const documentsIn = (files: readonly DefinitionFile[]): number =>
  files.reduce((sum, { content }) => sum + (content.match(documentStart)?.length ?? 0), 0)

const charactersIn = (files: readonly DefinitionFile[]): number =>
  files.reduce((sum, { content }) => sum + content.length, 0)

const inputs = { plan: planInput, apply: applyInput }
const titles = {
  plan: (assets: number) => `Plan definitions of ${assets} assets`,
  apply: (assets: number) => `Apply definitions of ${assets} assets`,
}

/**
 * Queues a plan or an application that is too large to be waited for; null when it is done at once. `keep` keeps the
 * answer for retries, in the transaction of the job. Errors: `forbidden`, `invalid` for a body that holds no files.
 */
export async function beginRun(
  ctx: Context,
  act: RunAct,
  body: unknown,
  keep: (tx: Transaction, begun: BegunRunResource) => Promise<void> = async () => {},
): Promise<BegunRunResource | null> {
  await authorizeAtAll(ctx, 'group:create')
  const input = parseInput(inputs[act], body)
  const assets = documentsIn(input.files)
  if (assets <= atOnce.assets && charactersIn(input.files) <= atOnce.characters) return null
  const bytes = await packed(input)
  return withTransaction(async (tx) => {
    const job = await enqueue(tx, ctx, {
      kind: 'definitions',
      input: { act },
      title: titles[act](assets),
      resource: { kind: 'system', name: 'definitions' },
      environment: ctx.environment,
    })
    await tx.insert(definitionRuns).values({ jobId: job, act, input: bytes, createdBy: ctx.actor.id })
    const begun: BegunRunResource = { job, act, run: `/api/v1/definitions/runs/${job}` }
    await keep(tx, begun)
    return begun
  })
}
