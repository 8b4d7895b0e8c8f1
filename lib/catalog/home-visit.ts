import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import type { Context } from '@/lib/core/context'
import { isoInstant } from '@/lib/registry'

/** Whoever comes back sooner has not been away. */
const awayMinutes = 30

/**
 * Remembers that the caller is here now, and answers when they were here last before this visit; null the first time,
 * and for keys. A look within a minute of the last one is not written again.
 */
export async function rememberVisit(ctx: Context): Promise<string | null> {
  if (ctx.actor.kind !== 'user') return null
  const { id } = ctx.actor
  const now = sql`${ctx.now().toISOString()}::timestamptz`
  const [visit] = await db().execute<{ before: string | null }>(sql`
    with seen as (
      insert into home_visits as visit (person_id, last_at)
      select id, ${now} from people where id = ${id}
      on conflict (person_id) do update set last_at = excluded.last_at,
        before = case when visit.last_at < excluded.last_at - make_interval(mins => ${awayMinutes}::int)
          then visit.last_at else visit.before end
      where visit.last_at < excluded.last_at - interval '1 minute'
      returning before
    )
    select before::text from seen
    union all
    select before::text from home_visits where person_id = ${id} and not exists (select 1 from seen)`)
  return visit?.before ? isoInstant(visit.before) : null
}
