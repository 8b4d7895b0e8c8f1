import { eq, inArray, sql as query } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db, inOneTransaction, listen, outsideTransaction, rawClient, sql, withTransaction } from './client'
import { auditLog, environments } from './schema'

const auditRow = (id: string) => ({
  id,
  time: '2026-01-02T03:04:05.123456Z',
  actorKind: 'system',
  actorId: 'a',
  actorName: 'a',
  via: 'cli',
  action: 'test',
  resourceKind: 'none',
  resourceName: 'none',
  verdict: 'allow' as const,
  policies: ['p'],
  policyVersion: '1',
  requestId: 'r',
  hash: 'h',
})

test('times keep their microseconds on both pools', async () => {
  await db().insert(auditLog).values(auditRow('time'))
  const [row] = await db().select({ time: auditLog.time }).from(auditLog)
  const [raw] = await sql()`select time from audit_log`
  expect(row?.time).toBe('2026-01-02 03:04:05.123456+00')
  expect(raw?.time).toBe('2026-01-02 03:04:05.123456+00')
})

test('a transaction that throws leaves nothing, its raw client included', async () => {
  const attempt = withTransaction(async (tx) => {
    const raw = rawClient(tx)
    await raw`insert into environments (name, position) select * from unnest(${['x', 'y']}::text[], ${[7, 8]}::int[])`
    const [inside] = await tx.execute(query`select count(*)::int as n from environments where position >= 7`)
    expect(inside?.n).toBe(2)
    throw new Error('changed my mind')
  })
  await expect(attempt).rejects.toThrow('changed my mind')
  const [after] = await sql()`select count(*)::int as n from environments where position >= 7`
  expect(after?.n).toBe(0)
})

test('acts in one transaction find what those before them did, and leave nothing when one throws', async () => {
  const named = (name: string) => db().select().from(environments).where(eq(environments.name, name))
  const add = (name: string, position: number) =>
    withTransaction((tx) => tx.insert(environments).values({ name, position }))
  let late: Promise<unknown> | undefined
  const attempt = inOneTransaction(async () => {
    await add('first', 101)
    expect(await named('first')).toHaveLength(1)
    await expect(add('first', 102)).rejects.toThrow()
    // The savepoint of the act that failed is gone, the transaction goes on.
    expect(await named('first')).toHaveLength(1)
    await outsideTransaction(async () => {
      expect(await named('first')).toHaveLength(0)
      await add('outside', 103)
    })
    late = new Promise((resolve) => setImmediate(resolve)).then(() => attempt.catch(() => named('outside')))
    throw new Error('changed my mind')
  })
  await expect(attempt).rejects.toThrow('changed my mind')
  expect(await named('first')).toHaveLength(0)
  // What was begun in it and ends after it does not speak through a transaction that is over.
  expect(await late).toHaveLength(1)
})

test('the running role can add to the audit but neither change nor delete nor create', async () => {
  await db().insert(auditLog).values(auditRow('kept'))
  await expect(sql()`update audit_log set reason = 'x'`).rejects.toThrow('permission denied')
  await expect(sql()`delete from audit_log`).rejects.toThrow('permission denied')
  await expect(sql()`truncate audit_chain`).rejects.toThrow('permission denied')
  await expect(sql()`create table mine (a int)`).rejects.toThrow('permission denied')
})

test('a message on a channel reaches its listener', async () => {
  let stop = async () => {}
  const message = new Promise<string>((resolve) => {
    void listen('test_channel', resolve, () => void sql().notify('test_channel', 'hello')).then((made) => {
      stop = made.stop
    })
  })
  expect(await message).toBe('hello')
  await stop()
})

test('what stays when its transaction is undone waits for none of those that hold the pool', async () => {
  const many = Array.from({ length: 24 }, (_, at) => `outside-${at}`)
  const acts = many.map((id) =>
    withTransaction(async (tx) => {
      await tx.execute(query`select 1`)
      await outsideTransaction(() => db().insert(auditLog).values(auditRow(id)))
      throw new Error('refused')
    }),
  )
  const ended = await Promise.allSettled(acts)
  expect(ended.map((one) => one.status === 'rejected' && one.reason.message)).toEqual(
    many.map(() => 'refused'),
  )
  expect(await db().select().from(auditLog).where(inArray(auditLog.id, many))).toHaveLength(many.length)
})

test('acts in one transaction that meet in another order are done, one after the other', async () => {
  await db()
    .insert(environments)
    .values([
      { name: 'lock-a', position: 201 },
      { name: 'lock-b', position: 202 },
    ])
  let holding = 0
  let bothHold = () => {}
  const held = new Promise<void>((resolve) => {
    bothHold = resolve
  })
  const lock = (name: string) =>
    db().select().from(environments).where(eq(environments.name, name)).for('update')
  const act = (first: string, second: string) =>
    inOneTransaction(async () => {
      await lock(first)
      if (++holding === 2) bothHold()
      await held
      await lock(second)
      return first
    })
  expect(await Promise.all([act('lock-a', 'lock-b'), act('lock-b', 'lock-a')])).toEqual(['lock-a', 'lock-b'])
  expect(holding).toBe(3)
})
