import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { withTransaction } from '@/db/client'
import { authorizeAtAll, record } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { env } from '@/lib/core/env'
import { formatTimestamp } from '@/lib/core/feature-type'
import { parseJson } from '@/lib/core/json'
import { parseInput } from '@/lib/core/parse-input'
import { type Answer, answerOf } from '@/lib/offline'
import { countColumns } from './column-statistics'
import { previewInput } from './inputs'
import { type Prepared, prepare } from './prepare'
import { filesRelation, typedColumns } from './relation'
import type { PreviewResource } from './resources'
import { resolveSelection, type Selected } from './selection'
import { leftOutReason, statisticsResourceOf } from './serialize'

const previewRows = 100

async function stagedAnswer(answer: Answer, signal: AbortSignal): Promise<string> {
  const path = join(env().home, 'staging', `ingest-${process.pid}-${randomUUID()}.preview.parquet`)
  await mkdir(dirname(path), { recursive: true })
  await pipeline(await answer.open('parquet', { signal }), createWriteStream(path))
  return path
}

interface Rows {
  rows: Record<string, unknown>[]
}

async function rowsOf(path: string, prepared: Prepared, int64AsString: boolean, signal: AbortSignal) {
  const columns = typedColumns(prepared.columns)
  const answer = answerOf({ statements: [], sql: filesRelation([path], columns), columns })
  const body = await text(await answer.open('json', { signal, int64AsString }))
  // The engine's JSON has this form.
  return (parseJson(body) as Rows).rows
}

async function show(
  ctx: Context,
  { plan, knownAtMicros }: Selected,
  prepared: Prepared,
  int64AsString: boolean,
): Promise<PreviewResource> {
  const { bound, answer, columns } = prepared
  const path = await stagedAnswer(answer, ctx.signal)
  try {
    const rows = await rowsOf(path, prepared, int64AsString, ctx.signal)
    const profiles = await countColumns([path], columns, path, ctx.signal)
    const label = columns.find(({ role }) => role === 'label')
    const nullLabels = profiles.find(({ name }) => name === label?.name)?.nulls ?? 0
    return {
      columns,
      rows,
      spine_rows: bound.total,
      dataset_rows: bound.total - bound.leftOut,
      left_out: {
        rows: bound.leftOut,
        reason: leftOutReason(bound.leftOut, plan.label?.horizonSeconds ?? null),
      },
      without_label: label ? nullLabels : null,
      files: bound.files,
      known_at: formatTimestamp(knownAtMicros),
      statistics: columns.map((column) =>
        statisticsResourceOf(
          column,
          profiles.find(({ name }) => name === column.name),
          int64AsString,
        ),
      ),
    }
  } finally {
    await rm(path, { force: true })
  }
}

/** A look at values is a read, and stands in the audit log as one. */
const recordPreview = (ctx: Context, { plan }: Selected, rows: number) =>
  withTransaction(async (tx) => {
    const reads = [...plan.features.groups.map(({ read }) => read), ...(plan.label ? [plan.label.read] : [])]
    for (const { version, features, decision } of reads) {
      await record(tx, ctx, {
        action: 'dataset:create',
        resource: version.resource,
        decision,
        reason: 'preview',
        after: { version: version.major, features: features.map(({ name }) => name), rows },
      })
    }
  })

/**
 * A hundred rows of what a dataset would be, really joined, spread evenly over the spine, with counts of the whole.
 * Nothing is kept. Errors: as of createTrainingDataset.
 */
export async function previewTrainingDataset(
  asker: Context,
  body: unknown,
  { int64AsString = false }: { int64AsString?: boolean } = {},
): Promise<PreviewResource> {
  await authorizeAtAll(asker, 'dataset:create')
  const input = parseInput(previewInput, body)
  const { environment = asker.environment, purpose = asker.purpose } = input
  const ctx = { ...asker, environment, purpose }
  const selected = await resolveSelection(ctx, input)
  const prepared = await prepare(ctx, { ...selected, sample: previewRows })
  try {
    const preview = await show(ctx, selected, prepared, int64AsString)
    await recordPreview(ctx, selected, preview.rows.length)
    return preview
  } finally {
    await prepared.dispose()
  }
}
