import { describe, expect, it } from 'vitest'
import { DomainError } from '@/lib/core/errors'
import { bindWindow } from './bind-window'
import { checkSelect } from './check-select'

const window = { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00.500000Z' }

async function refusal(sql: string, inputs = ['flights']): Promise<string> {
  try {
    await checkSelect(bindWindow(sql, window), inputs)
  } catch (error) {
    if (error instanceof DomainError && error.code === 'invalid') return error.message
    throw error
  }
  return ''
}

describe('bindWindow', () => {
  it('replaces placeholders, and leaves strings, names and comments as they are', () => {
    const sql = `select '$from', "$to", e'\\'$from' /* $to */ from t -- $from\nwhere d > $from and d <= $to and $fromage`
    expect(bindWindow(sql, window)).toBe(
      `select '$from', "$to", e'\\'$from' /* $to */ from t -- $from\nwhere d > timestamp '2026-01-01 00:00:00' and d <= timestamp '2026-01-02 00:00:00.500000' and $fromage`,
    )
  })
})

describe('checkSelect', () => {
  it.each([
    'select * from flights where date > $from and date <= $to',
    'from flights',
    'with a as (select * from flights), b as (select * from a) select * from b join a using (x)',
    'with recursive t as (select 1 as n union all select n + 1 from t where n < 3) select * from t, flights',
    'select (select max(date) from flights) from range(3), generate_series(1, 2), unnest([1])',
    'select * from (values (1)) v(x) asof join flights using (x)',
    'select f.version, version from flights f',
  ])('lets through: %s', async (sql) => {
    expect(await refusal(sql)).toBe('')
  })

  it.each([
    ['select * from airports', 'reads `airports`'],
    ['select * from flights where x in (select y from secrets)', 'reads `secrets`'],
    ['with a as (select * from flights) select * from (select * from b) join a using (x)', 'reads `b`'],
    ['select * from (with hidden as (select 1) select * from hidden), hidden', 'reads `hidden`'],
    ['with a as (select * from b), b as (select * from flights) select * from a', 'reads `b`'],
    ["select * from 'offline/prod/secret.parquet'", 'reads `offline/prod/secret.parquet`'],
    ["select * from read_parquet('x')", 'read_parquet() is not allowed'],
    ["select * from flights, read_csv('x')", 'read_csv() is not allowed'],
    ["from query('select 1')", 'query() is not allowed'],
    ['select * from duckdb_settings()', 'duckdb_settings() is not allowed'],
    ['select * from (summarize flights)', 'show_ref is not allowed'],
    ['select * from main.flights', 'named with a schema'],
    ['select * from information_schema.tables', 'named with a schema'],
    ['select now() from flights', 'now() does not give'],
    ['select * from flights order by random()', 'random() does not give'],
    ['select current_date from flights', 'current_date does not give'],
    ["select getenv('HOME') from flights", 'getenv() does not give'],
    ['select * from flights tablesample 10%', 'TABLESAMPLE'],
    ['select * from flights where date > $since', '$since is unknown'],
    ['select * from flights where date > ?', 'is unknown'],
    ['select 1; select 2', 'one SELECT'],
    ['', 'one SELECT'],
    ["copy flights to 'x'", 'one SELECT'],
    ['create table x as select 1', 'one SELECT'],
    ['select *\nfrom flights\n where where', 'line 3, column'],
  ])('refuses %s', async (sql, reason) => {
    expect(await refusal(sql)).toContain(reason)
  })
})
