import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import type { Context } from '@/lib/core/context'
import { type Repeated, repeat } from '@/lib/core/repeat'
import { systemContext } from '@/lib/identity'

const shownDays = 30
const tickMilliseconds = 3_600_000

/**
 * Writes to each line of a group or feature how many read it in the last 30 days, in any environment: of two that fit a
 * search alike, the more read one comes first. Lines whose number stands are not touched. Returns how many changed.
 */
export async function countReaders({ now }: Pick<Context, 'now'>): Promise<number> {
  const since = new Date(now().getTime() - shownDays * 86_400_000).toISOString()
  const changed = await db().execute(sql`
    with line as (
      select distinct group_name, feature, consumer_kind, consumer_id from usage_minutes
      where minute >= ${since}::timestamptz
    ), counted as (
      select 'feature' as kind, group_name || ':' || feature as name, count(*)::int as readers from line group by 2
      union all
      select 'group', group_name, count(distinct (consumer_kind, consumer_id))::int from line group by 2
    ), stands as (
      select d.kind, d.name, coalesce(c.readers, 0) as readers
      from catalog_documents d left join counted c on c.kind = d.kind and c.name = d.name
      where d.kind in ('group', 'feature') and d.readers <> coalesce(c.readers, 0)
    )
    update catalog_documents d set readers = s.readers from stands s where d.kind = s.kind and d.name = s.name
    returning 1`)
  return changed.length
}

/** Counts the readers once an hour until it is stopped. */
export const startCountingReaders = (): Repeated =>
  repeat(tickMilliseconds, 'readers are not counted', () => countReaders(systemContext()))
