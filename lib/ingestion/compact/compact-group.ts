import { db } from '@/db/client'
import type { Context } from '@/lib/core/context'
import { fileVersion } from '@/lib/offline'
import { resolveVersion } from '@/lib/registry'
import { mergeRun } from './merge-run'
import { mergeableFiles } from './mergeable-files'
import { planRuns } from './plan-runs'

export interface CompactInput {
  group: string
  /** Major. */
  version: number
  environment: string
  /** A run of fewer files stays as it is. */
  least: number
}

export interface Compaction {
  files_before: number
  files_after: number
  merged: number
}

/**
 * Merges the small files of a version, run by run, until none is left. Every read gives the same answer before, during
 * and after. Ending it at any time loses nothing.
 */
export async function compactGroup(
  ctx: Context,
  { group, version: major, environment, least }: CompactInput,
  progress: (done: number, total: number, message: string) => Promise<void>,
): Promise<Compaction> {
  const version = await resolveVersion(ctx, { group, version: major }, environment)
  await fileVersion(version)
  const before = (await mergeableFiles(db(), version)).length
  let merged = 0
  for (;;) {
    const [run] = planRuns(await mergeableFiles(db(), version), least)
    if (!run) break
    ctx.signal.throwIfAborted()
    await progress(merged, before, `Merging ${run.length} of ${before} files`)
    if (await mergeRun(version, run, ctx.signal)) merged += run.length
  }
  return { files_before: before, files_after: (await mergeableFiles(db(), version)).length, merged }
}
