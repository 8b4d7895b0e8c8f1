import { createHash } from 'node:crypto'
import { inOneTransaction, withTransaction } from '@/db/client'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { stableText } from '@/lib/core/stable-json'
import { submitTestedVersion } from '@/lib/ingestion'
import { carryOut } from './carry-out'
import { unchanged } from './change'
import { inOrder } from './in-order'
import {
  combined,
  type Definition,
  type DefinitionFile,
  placed,
  type ReadFiles,
  readFile,
} from './read-files'
import type { Outcome, PlannedItem, PlanResource } from './resources'
import { spell } from './spelling'

/** What ends a rehearsal: its outcome, thrown so that everything is rolled back. */
class Rehearsed<T> extends Error {
  constructor(readonly outcome: T) {
    super('rehearsed')
  }
}

/** Runs `work` in a transaction of `around` that is rolled back: its outcome is what would be, and nothing is. */
async function undone<T>(around: typeof inOneTransaction, work: () => Promise<T>): Promise<T> {
  try {
    return await around(async () => {
      throw new Rehearsed(await work())
    })
  } catch (error) {
    if (error instanceof Rehearsed) return error.outcome
    throw error
  }
}

export const rehearse = <T>(work: () => Promise<T>): Promise<T> => undone(inOneTransaction, work)

const inSavepoint = <T>(work: () => Promise<T>): Promise<T> => withTransaction(work)

/** What waits must be fit for its reviewers: tried, so that what is missing is told of each item. */
async function trySubmission(ctx: Context, { name }: Definition, { act, waits, version }: Outcome) {
  if (!waits || act === 'none' || version === null) return
  await undone(inSavepoint, () => submitTestedVersion(ctx, name, version, {}))
}

interface How {
  reason?: string | undefined
  /** False where what waits is submitted afterwards, all of it together. */
  triesSubmission?: boolean
}

async function runItem(
  ctx: Context,
  definition: Definition,
  { reason, triesSubmission = true }: How,
): Promise<PlannedItem> {
  const { kind, name, path, line } = definition
  try {
    // A savepoint: what cannot be done leaves the rest standing, so that all faults are told at once.
    const outcome = await withTransaction(async () => {
      const done = await carryOut(ctx, definition, reason)
      if (triesSubmission) await trySubmission(ctx, definition, done)
      return done
    })
    return { kind, name, path, line, ...outcome, faults: [] }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return { kind, name, path, line, ...unchanged, faults: placed(definition, error) }
  }
}

/** Of the acts, and of all that the documents say: what is created is not told in changes. */
const fingerprint = (items: readonly PlannedItem[], definitions: readonly Definition[]): string =>
  createHash('sha256')
    .update(
      stableText([
        items.map(({ kind, name, act, changes, waits }) => ({ kind, name, act, changes, waits })),
        definitions.map(({ kind, body }) => spell(kind, body)),
      ]),
    )
    .digest('hex')
    .slice(0, 32)

function summaryOf(items: readonly PlannedItem[], fileFaults: number): PlanResource['summary'] {
  const acts = (act: PlannedItem['act']) =>
    items.filter((item) => item.act === act && item.faults.length === 0).length
  return {
    create: acts('create'),
    update: acts('update'),
    revise: acts('revise'),
    new_version: acts('new_version'),
    submit: acts('submit'),
    none: acts('none'),
    faults: fileFaults + items.reduce((sum, item) => sum + item.faults.length, 0),
    breaking: items.filter(({ changes }) => changes.some((one) => one.class === 'breaking')).length,
    waits: items.filter(({ waits }) => waits).length,
  }
}

/** Reading YAML keeps the thread busy: others have their turn between files. */
async function readBitByBit(files: readonly DefinitionFile[]): Promise<ReadFiles> {
  const read: ReadFiles[] = []
  for (const file of files) {
    read.push(readFile(file))
    await new Promise((resolve) => setImmediate(resolve))
  }
  return combined(read)
}

/** `done` of `total` assets. */
export type Progress = (done: number, total: number, message: string) => Promise<void>

/** Does all that the files say, one act after the other; the caller's transaction is around it. */
export async function runDefinitions(
  ctx: Context,
  files: readonly DefinitionFile[],
  how: How & { progress?: Progress | undefined } = {},
): Promise<PlanResource> {
  const { definitions, faults } = await readBitByBit(files)
  const unread = new Set(faults.map(({ path }) => path))
  const items: PlannedItem[] = []
  const ordered = inOrder(definitions)
  for (const [at, definition] of ordered.entries()) {
    await how.progress?.(at, ordered.length, definition.name)
    ctx.signal.throwIfAborted()
    // A file that holds a fault is told about it, and not about what follows from it.
    if (!unread.has(definition.path)) items.push(await runItem(ctx, definition, how))
  }
  return { plan: fingerprint(items, ordered), items, faults, summary: summaryOf(items, faults.length) }
}
