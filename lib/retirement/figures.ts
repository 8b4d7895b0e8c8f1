import { authorizeAtAll } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { flushUsage } from '@/lib/usage'
import type { RetirementFiguresResource } from './operations'
import { findOrphans } from './orphans'
import { countUnusedByKind } from './unused'

/** How much nobody reads or looks after; each figure is the length of its list. Errors: `forbidden`. */
export async function retirementFigures(
  ctx: Context,
  { days, cadences }: { days: number; cadences: number },
): Promise<RetirementFiguresResource> {
  await authorizeAtAll(ctx, 'catalog:describe')
  await flushUsage()
  const [unused, orphans] = await Promise.all([countUnusedByKind(ctx, days), findOrphans(ctx, cadences)])
  const because = (reason: 'no_owner' | 'source_gone' | 'no_rows') =>
    orphans.filter(({ reasons }) => reasons.some((one) => one.reason === reason)).length
  return {
    days,
    ...unused,
    no_owner: because('no_owner'),
    source_gone: because('source_gone'),
    no_rows: because('no_rows'),
  }
}
