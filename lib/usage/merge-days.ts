import { sql } from '@/db/client'

/** As long as usage can be asked for by the hour, and a day more. */
const minutesKeptDays = 8
const setsKeptDays = 90
const servedKeptDays = 400
const dayMs = 86_400_000
const marker = 'usage_merged_before'

const startOf = (nowMs: number, daysBack: number) =>
  new Date(Math.floor(nowMs / dayMs) * dayMs - daysBack * dayMs)

/**
 * Makes one row a day of what one consumer read of one feature, at the minute of its last read: sums by day and last
 * reads stay as they are. A transaction a group, so that reads hardly meet it.
 */
async function mergeDay(day: Date): Promise<number> {
  const range = [day.toISOString(), new Date(day.getTime() + dayMs).toISOString()] as const
  const groups = await sql()<{ name: string }[]>`
    select distinct group_name as name from usage_minutes
    where minute >= ${range[0]}::timestamptz and minute < ${range[1]}::timestamptz order by 1`
  for (const { name } of groups) {
    await sql()`
      with gone as (
        delete from usage_minutes
        where group_name = ${name} and minute >= ${range[0]}::timestamptz and minute < ${range[1]}::timestamptz
        returning *
      )
      insert into usage_minutes (minute, consumer_kind, consumer_id, group_name, version, feature, environment, side, reads, cells)
      select max(minute), consumer_kind, consumer_id, group_name, version, feature, environment, side, sum(reads), sum(cells)
      from gone group by 2, 3, 4, 5, 6, 7, 8`
  }
  return groups.length
}

async function firstUnmerged(before: Date): Promise<Date | null> {
  const [kept] = await sql()<
    { value: string }[]
  >`select value #>> '{}' as value from settings where name = ${marker}`
  const [oldest] = await sql()<{ minute: string | null }[]>`
    select min(minute)::text as minute from usage_minutes
    where minute >= ${kept?.value ?? '-infinity'}::timestamptz and minute < ${before.toISOString()}::timestamptz`
  return oldest?.minute ? startOf(new Date(oldest.minute).getTime(), 0) : null
}

/** Brings usage of before last week down to days, and lets go what nobody can ask for any more. Once an hour is enough. */
export async function tidyUsage(now: Date): Promise<void> {
  const before = startOf(now.getTime(), minutesKeptDays)
  for (let day = await firstUnmerged(before); day; day = await firstUnmerged(before)) {
    await mergeDay(day)
    const next = new Date(day.getTime() + dayMs).toISOString()
    await sql()`
      insert into settings (name, value) values (${marker}, to_jsonb(${next}::text))
      on conflict (name) do update set value = excluded.value, updated_at = now()`
  }
  await sql()`delete from read_set_days where day < ${startOf(now.getTime(), setsKeptDays).toISOString()}::timestamptz`
  await sql()`delete from read_sets s where not exists (select 1 from read_set_days d where d.set_id = s.id)`
  await sql()`delete from serving_hours where hour < ${startOf(now.getTime(), servedKeptDays).toISOString()}::timestamptz`
}
