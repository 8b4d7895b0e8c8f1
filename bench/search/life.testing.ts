import { sql } from 'drizzle-orm'
import { db } from '@/db/client'

/** A month of reads, commits, profiles and changes over what `registerMade` wrote, as those rooms write them. */
const statements = [
  // A third of the groups is read, each by three models, daily.
  sql`insert into usage_minutes (minute, consumer_kind, consumer_id, group_name, version, feature, environment, side, reads, cells)
    select date_trunc('day', now()) - day * interval '1 day', 'key', 'model_' || (g.n * 7 + reader * 31) % 400, d.group_name, 1,
      d.short_name, 'prod', case when reader = 0 then 'offline' else 'online' end, 10 + (g.n + day) % 90, 100
    from (select name, row_number() over (order by name) as n from feature_groups) g
    join catalog_documents d on d.kind = 'feature' and d.group_name = g.name
    cross join generate_series(0, 29, 3) as day cross join generate_series(0, 2) as reader
    where g.n % 3 = 0 on conflict do nothing`,
  // Half of them get rows every day.
  sql`insert into commits (id, version_id, environment, kind, created, rows, online_state, actor_kind, actor_id, actor_name, via)
    select md5(v.id || day), v.id, 'prod', 'ingest', date_trunc('day', now()) - day * interval '1 day' + interval '2 hours', 1000,
      'done', 'key', 'writer', 'writer', 'api'
    from feature_group_versions v cross join generate_series(0, 27) as day where ('x' || substr(md5(v.id), 1, 4))::bit(16)::int % 2 = 0`,
  sql`update version_environments e set last_created = c.created, newest_event_time = c.created - interval '1 hour'
    from (select version_id, max(created) as created from commits group by 1) c where c.version_id = e.version_id`,
  sql`insert into profiles (id, version_id, environment, feature, side, as_of, rows, statistics, created_at)
    select md5('g' || e.version_id), e.version_id, 'prod', '', 'offline', e.last_created, 28000, jsonb_build_object('format', 2, 'recent',
      jsonb_build_object('first', 20000, 'days', (select jsonb_agg(jsonb_build_array(floor(extract(epoch from now()) / 86400)::int - day, 1000, (extract(epoch from now()) * 1000)::bigint - day * 86400000::bigint) order by day desc) from generate_series(0, 27) day))), now()
    from version_environments e where e.last_created is not null`,
  sql`insert into profiles (id, version_id, environment, feature, side, as_of, rows, statistics, created_at)
    select md5('f' || f.id), f.version_id, 'prod', f.name, 'offline', e.last_created, 28000, jsonb_build_object('format', 2,
      'profile', jsonb_build_object('rows', 28000, 'nulls', 12, 'trues', null, 'top', '[]'::jsonb, 'histogram', jsonb_build_object(
        'edges', (select jsonb_agg(i * 1.5) from generate_series(0, 40) i), 'counts', (select jsonb_agg(i * 17) from generate_series(1, 40) i)))), now()
    from features f join version_environments e on e.version_id = f.version_id where e.last_created is not null`,
  sql`insert into audit_log (id, time, actor_kind, actor_id, actor_name, via, action, resource_kind, resource_name, environment,
      verdict, policies, policy_version, request_id, hash, before, after)
    select md5('a' || n), now() - n * interval '20 seconds', 'user', 'person_' || n % 1000, 'Person ' || n % 1000, 'api',
      case when n % 10 = 0 then 'group:update' else 'group:write_online' end, 'group', g.name, 'prod', 'allow', '{}', '1', 'r', 'h',
      '{"version":1}', '{"version":1,"state":"active"}'
    from generate_series(1, 200000) n
    join (select name, row_number() over (order by name) - 1 as at from feature_groups) g on g.at = n % 5000`,
]

/** Half a million reads for 5,000 groups, rows every day in half of them, 200,000 acts. */
export async function makeLife(): Promise<void> {
  for (const statement of statements) await db().execute(statement)
  await db().execute(sql`analyze`)
}
