import postgres from 'postgres'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { migrate } from './migrate'
import { withDatabase } from './testing/url'

const { adminUrl, ownerUrl, url } = inject('cluster')
const name = `migrate_${process.pid}`
const admin = postgres(adminUrl, { max: 1, onnotice: () => {} })
const urls = { ownerUrl: withDatabase(ownerUrl, name), runtimeUrl: withDatabase(url, name) }

beforeAll(() => admin.unsafe(`create database ${name} owner almanac_owner`))
afterAll(async () => {
  await admin.unsafe(`drop database ${name} with (force)`)
  await admin.end()
})

test('two starts at once migrate once, and a third finds nothing to do', async () => {
  const both = await Promise.all([migrate(urls), migrate(urls)])
  const applied = both.map((tags) => tags.length).sort()
  expect(applied[0]).toBe(0)
  expect(applied[1]).toBeGreaterThan(0)
  expect(await migrate(urls)).toEqual([])
})

test('with one role the triggers still refuse what the grants cannot', async () => {
  const owner = postgres(urls.ownerUrl, { max: 1 })
  await expect(owner`delete from audit_log`).rejects.toThrow('append-only')
  await expect(owner`truncate audit_chain`).rejects.toThrow('append-only')
  await owner.end()
})
