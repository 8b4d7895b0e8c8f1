import { mayEver } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { versionsInReview } from './queries'
import { approvalBarOf, type Candidate, candidatesOf, mayStep, versionNameOf } from './waiting'

const waitsFor = (ctx: Context, candidate: Candidate): boolean =>
  mayStep(ctx, candidate, 'approve').allowed && approvalBarOf(ctx, candidate) === null

/**
 * How many decisions wait for the caller: the lines of listReviews that are theirs to approve, without the lines. A
 * change set is one decision, which is theirs when all of it is.
 */
export async function countReviews(ctx: Context): Promise<number> {
  if (!mayEver(ctx, 'version:approve')) return 0
  const lines = new Map<string, boolean>()
  for (const candidate of await candidatesOf(ctx, await versionsInReview(ctx))) {
    const line = candidate.loaded?.changeSet?.id ?? versionNameOf(candidate.row)
    lines.set(line, (lines.get(line) ?? true) && waitsFor(ctx, candidate))
  }
  return [...lines.values()].filter(Boolean).length
}
