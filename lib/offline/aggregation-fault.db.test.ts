import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startEngineForTests } from '@/db/testing/engine'
import { aggregationFault } from '.'

let engine: Awaited<ReturnType<typeof startEngineForTests>>
beforeAll(async () => {
  engine = await startEngineForTests()
})
afterAll(() => engine.stop())

const faultOf = (sql: string) => aggregationFault(sql, { table: 'income', keys: ['person_id'] })

describe('what aggregates', () => {
  it.each([
    'select region, day, avg(income) as mean_income, count(*) as people from income group by region, day',
    'select region, day, round(avg(income) / 12, 2) as monthly from income where day > $from group by all',
    'select region as r, sum(income)::double as total from income group by r',
    'select region, stddev(income) as sd from income group by 1',
    'select max_by_region.* from (select region, median(income) as m from income group by region) as max_by_region',
    'with by_region as (select region, quantile_cont(income, 0.5) as m from income group by region) select * from by_region join regions using (region)',
    'select count(distinct person_id) as people, sum(income) as total from income',
    'select region, case when count(*) > 10 then avg(income) end as m from income group by region having count(*) > 3',
    'select * from elsewhere',
  ])('%s', async (sql) => {
    expect(await faultOf(sql)).toBeNull()
  })
})

describe('what gives single values', () => {
  it.each([
    ['select * from income', /outside an aggregate|has to aggregate/],
    ['from income', /aggregate/],
    ['select income as x, day from income', /has to aggregate/],
    ['select person_id, avg(income) from income group by person_id', /one value for each key/],
    ['select person_id as p, avg(income) from income group by p', /one value for each key/],
    ['select person_id, avg(income) from income group by 1', /one value for each key/],
    ['select hash(person_id) as h, avg(income) from income group by all', /one value for each key/],
    ['select "Person_ID", avg(income) from income group by all', /one value for each key/],
    ['select region, max(income) from income group by region', /`income` outside an aggregate/],
    ['select region, list(income) from income group by region', /`income` outside an aggregate/],
    ['select region, any_value(income), count(*) from income group by region', /`income` outside/],
    ['select avg(income) from income where person_id = 7', /singles out/],
    ['select region, avg(income) from income group by region having min(person_id) = 7', /singles out/],
    ['select region, avg(income) over (partition by region) from income', /aggregate/],
    ['select m.name, avg(i.income) from income i join people m using (person_id) group by m.name', /alone/],
    ['select avg(x) from (select income as x, person_id from income)', /has to aggregate/],
    ['with i as (select * from income) select region, avg(income) from i group by region', /aggregate/],
    ['select region from regions where exists (select 1 from income where income > 5)', /has to aggregate/],
    ['select (select income from income limit 1) as x', /has to aggregate/],
    [
      'select region, avg(income) from income group by region union all select region, income from income',
      /aggregate/,
    ],
    ['pivot income on region using first(income)', /./],
    ['select (select region', /cannot be read/],
  ])('%s', async (sql, reason) => {
    expect(await faultOf(sql)).toMatch(reason)
  })
})
