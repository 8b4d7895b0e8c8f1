import { expect, it } from 'vitest'
import { sql } from '@/db/client'
import { contextOf, mintName } from '@/lib/registry/testing'
import { countReads, flushUsage, type ReadTarget, tidyUsage } from '.'

const { actor } = contextOf(['consumer'])
const now = new Date('2026-06-20T12:00:00Z')
const day = 86_400_000

it('makes days of what is older than a week, with the same sums and last reads', async () => {
  const group = mintName('old')
  const target = (feature: string): ReadTarget => ({
    groupName: group,
    version: 1,
    feature,
    environment: 'prod',
  })
  const [a, b] = [[target('a')], [target('b')]] as const
  const old = now.getTime() - 20 * day
  for (const minutes of [0, 1, 90, 300]) countReads(actor, 'online', a, 2, old + minutes * 60_000)
  countReads(actor, 'offline', a, 2, old)
  countReads(actor, 'online', b, 1, old + day)
  countReads(actor, 'online', a, 2, now.getTime() - 60_000)
  countReads(actor, 'online', a, 2, now.getTime() - 120_000)
  await flushUsage()
  const told = () => sql()`
    select feature, side, minute::date::text as day, max(minute)::text as last, sum(reads)::int as reads, sum(cells)::int as cells,
      count(*)::int as rows
    from usage_minutes where group_name = ${group} group by 1, 2, 3 order by 1, 2, 3`
  const before = await told()
  await tidyUsage(now)
  const after = await told()
  expect(after.map(({ rows: _, ...one }) => one)).toEqual(before.map(({ rows: _, ...one }) => one))
  expect(before.map(({ rows }) => rows)).toEqual([1, 4, 2, 1])
  expect(after.map(({ rows }) => rows)).toEqual([1, 1, 2, 1])
  // Each day once, when its week is over.
  await tidyUsage(new Date(now.getTime() + 30 * day))
  expect((await told()).map(({ rows }) => rows)).toEqual([1, 1, 1, 1])
})
