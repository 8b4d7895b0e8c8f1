import type { Context } from '@/lib/core/context'
import { parseInput } from '@/lib/core/parse-input'
import { type FinishedRunResource, runWindow } from '../operations'
import { mayWriteAtAll } from '../write-target'
import { runTransformation } from './run-transformation'

/** Runs a group's transformation as somebody asked for it, in the window of the body. Errors: as runTransformation. */
export async function runNow(
  ctx: Context,
  target: { group: string; version?: number | undefined },
  body: unknown,
): Promise<FinishedRunResource> {
  await mayWriteAtAll(ctx, 'both')
  const { from, to } = parseInput(runWindow, body ?? {})
  return runTransformation(ctx, { ...target, from, to })
}
