import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { startPostgres, stopPostgres } from './postgres.mjs'

/** A home of its own per test, beside the one that the run's tests share. */
const home = join(inject('cluster').home, 'embedded')

beforeEach(() => {
  mkdirSync(home, { mode: 0o711 })
})
afterEach(async () => {
  await stopPostgres({ home })
  rmSync(home, { recursive: true, force: true })
})

async function ask(url: string) {
  const sql = postgres(url, { max: 1 })
  try {
    const [row] = await sql`select current_user as role`
    return row?.role
  } finally {
    await sql.end()
  }
}

const pid = (dataDirectory: string) =>
  Number(readFileSync(join(dataDirectory, 'postmaster.pid'), 'utf8').split('\n')[0])

test('two starters at once make one server, with a role that migrates and one that runs', async () => {
  const [one, two] = await Promise.all([startPostgres({ home }), startPostgres({ home })])
  expect(one.url).toBe(two.url)
  expect([one.started, two.started].sort()).toEqual([false, true])
  expect(await ask(one.url)).toBe('almanac_app')
  expect(await ask(one.ownerUrl)).toBe('almanac_owner')
})

test('it comes back after kill -9 with its data and its passwords', async () => {
  const first = await startPostgres({ home })
  const sql = postgres(first.ownerUrl, { max: 1 })
  await sql`create table kept as select 7 as n`
  await sql.end()
  process.kill(pid(first.dataDirectory), 'SIGKILL')
  const second = await startPostgres({ home })
  expect(second.started).toBe(true)
  const again = postgres(second.ownerUrl, { max: 1 })
  const [row] = await again`select n from kept`
  await again.end()
  expect(row?.n).toBe(7)
})

test('a pid file that names a stranger is stale', async () => {
  const { dataDirectory } = await startPostgres({ home })
  await stopPostgres({ home })
  writeFileSync(
    join(dataDirectory, 'postmaster.pid'),
    `${process.pid}\n${dataDirectory}\n0\n1\n\n127.0.0.1\n`,
  )
  expect(await ask((await startPostgres({ home })).url)).toBe('almanac_app')
})

test('a port that somebody took leads to the next one', async () => {
  const { port } = await startPostgres({ home })
  await stopPostgres({ home })
  const stranger = createServer()
  await new Promise<void>((resolve) => {
    stranger.listen(port, '127.0.0.1', resolve)
  })
  const moved = await startPostgres({ home })
  expect(moved.port).not.toBe(port)
  expect(await ask(moved.url)).toBe('almanac_app')
  stranger.close()
})

test.each(['running', 'stopped'])('lost passwords are set anew on a %s server', async (state) => {
  const before = await startPostgres({ home })
  if (state === 'stopped') await stopPostgres({ home })
  rmSync(join(home, 'run', 'database.json'))
  const after = await startPostgres({ home })
  expect(after.url).not.toBe(before.url)
  expect(await ask(after.url)).toBe('almanac_app')
  await expect(ask(before.url)).rejects.toThrow()
})
