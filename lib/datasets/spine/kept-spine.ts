import type { Context } from '@/lib/core/context'
import { microsFromDate } from '@/lib/core/feature-type'
import type { Column, KeptSpineName, Spine } from '@/lib/offline'
import { openSource, spineSource } from './spine-source'

/**
 * The spine of a historical read that names an upload of the caller's or a version of a training dataset. Errors:
 * not_found, forbidden, conflict when its files are gone, invalid naming member, row and column.
 */
export async function openKeptSpine(
  ctx: Context,
  name: KeptSpineName,
  shape: { timestampColumn: string; keys: Column[] },
): Promise<Spine> {
  const source = await spineSource(ctx, name)
  const spine = await openSource(source, { ...shape, knownAtMicros: microsFromDate(ctx.now()) }, ctx.signal)
  return source.kind === 'dataset' ? { ...spine, rows: source.version.rows ?? 0 } : spine
}
