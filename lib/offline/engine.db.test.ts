import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buffer, text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { env } from '@/lib/core/env'
import { bundlePath } from '@/scripts/lib/bundle.mjs'
import { openSpine } from './duckdb/spine-file'
import { engineHealth, execute, queryRows, runInEngine } from './engine-client'
import { type EngineProcess, startEngine } from './engine-supervisor'
import type { EngineRequest } from './protocol'

let engine: EngineProcess
const readSeconds = 3
beforeAll(async () => {
  process.env.ALMANAC_ENGINE_READS = '2'
  process.env.ALMANAC_ENGINE_READS_WAITING = '2'
  process.env.ALMANAC_ENGINE_READ_SECONDS = String(readSeconds)
  engine = await startEngine({ bundle: bundlePath('engine') })
})
afterAll(() => engine.stop())

const slow = 'SELECT sum(a.i * b.i + c.i) FROM range(100000) a(i), range(100000) b(i), range(1000) c(i)'
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => {
      throw new Error('expected a failure')
    },
    (error: Error) => error,
  )

describe('the engine', () => {
  it('answers rows exactly', async () => {
    const rows = await queryRows(
      "SELECT 9007199254740993, 0.1::FLOAT, 'NaN'::DOUBLE, [1, NULL], {'a': 'x'}, NULL",
    )
    expect(rows).toEqual([[9007199254740993n, expect.closeTo(0.1), 'NaN', [1, null], { a: 'x' }, null]])
  })

  it('keeps temporary tables to one request', async () => {
    expect(await queryRows('SELECT * FROM t', ['CREATE TEMP TABLE t AS SELECT 1 AS x'])).toEqual([[1]])
    expect(await failure(queryRows('SELECT * FROM t'))).toMatchObject({ kind: 'catalog' })
  })

  it('reads and writes nothing outside its folders and cannot be reconfigured', async () => {
    for (const sql of [
      "SELECT * FROM read_csv('/etc/passwd')",
      "SELECT * FROM '/etc/hostname'",
      'SELECT getenv(1)',
    ]) {
      expect((await failure(queryRows(sql))).name).toBe('EngineError')
    }
    expect(await failure(execute(["COPY (SELECT 1) TO '/tmp/almanac-outside.csv'"]))).toMatchObject({
      kind: 'permission',
    })
    expect((await failure(execute(['SET enable_external_access = true']))).message).toMatch(/lock/)
    expect((await failure(execute(["ATTACH '/tmp/almanac-outside.db'"]))).name).toBe('EngineError')
  })

  it('breaks the connection when a failure comes after the first bytes', async () => {
    const request: EngineRequest = {
      statements: [],
      result: {
        kind: 'encode',
        format: 'csv',
        int64AsString: false,
        columns: [{ name: 'i', type: { kind: 'int64' }, typeText: 'int64' }],
        sql: "SELECT CASE WHEN i < 400000 THEN i ELSE CAST('x' || i AS BIGINT) END FROM range(500000) r(i)",
      },
    }
    const answer = await runInEngine(request)
    expect(await failure(text(answer))).toMatchObject({ code: 'ECONNRESET' })
  })

  it('stops working for a reader who left', async () => {
    const controller = new AbortController()
    const running = failure(queryRows(slow, [], controller.signal))
    await expect.poll(async () => (await engineHealth()).running, { timeout: 10_000 }).toBe(1)
    controller.abort()
    expect((await running).name).toBe('AbortError')
    await expect.poll(async () => (await engineHealth()).running, { timeout: 10_000 }).toBe(0)
  })

  it('ends the query of a reader whose connection broke, in each format', async () => {
    for (const format of ['csv', 'ndjson', 'json', 'arrow', 'parquet'] as const) {
      const controller = new AbortController()
      const columns = [{ name: 'n', type: { kind: 'int64' as const }, typeText: 'int64' }]
      const sql = `SELECT CAST(i % 7 AS BIGINT) AS n FROM range(100000000000) r(i)`
      const result: EngineRequest['result'] =
        format === 'parquet'
          ? { kind: 'parquet', sql }
          : { kind: 'encode', sql, columns, format, int64AsString: false }
      const opened = runInEngine({ statements: [], result, lane: 'read' }, controller.signal)
      opened.then(
        (answer) => answer.once('data', () => answer.destroy()),
        () => {},
      )
      await expect
        .poll(async () => (await engineHealth()).reads.running, { timeout: 10_000, interval: 5 })
        .toBe(1)
      controller.abort()
      await expect.poll(async () => (await engineHealth()).running, { timeout: 10_000, interval: 20 }).toBe(0)
    }
  })

  it('runs so many reads at once, lets so many wait, and its own work go by', async () => {
    const controllers = [0, 1, 2, 3, 4].map(() => new AbortController())
    const request: EngineRequest = { statements: [], result: { kind: 'rows', sql: slow }, lane: 'read' }
    const reads = controllers.map(({ signal }) => failure(runInEngine(request, signal)))
    const refused = await Promise.race(reads)
    expect(refused).toMatchObject({ code: 'unavailable', details: { retryAfterSeconds: 5 } })
    expect((await engineHealth()).reads).toEqual({ running: 2, waiting: 2 })
    expect(await queryRows('SELECT 1')).toEqual([[1]])
    for (const controller of controllers) controller.abort()
    await Promise.all(reads)
    await expect
      .poll(async () => (await engineHealth()).reads, { timeout: 2_000 })
      .toEqual({ running: 0, waiting: 0 })
  })

  it('ends a read whose time is over, and the answer of one that was under way', async () => {
    const before = Date.now()
    const late = await failure(queryRows(slow, [], undefined, 'read'))
    expect(late).toMatchObject({ code: 'unavailable', details: { retryAfterSeconds: 60 } })
    expect(Date.now() - before).toBeGreaterThan(readSeconds * 1000 - 50)
    const columns = [{ name: 'n', type: { kind: 'int64' as const }, typeText: 'int64' }]
    const sql = 'SELECT i AS n FROM range(100000000000) r(i)'
    const result = { kind: 'encode' as const, sql, columns, format: 'arrow' as const, int64AsString: false }
    const answer = await runInEngine({ statements: [], result, lane: 'read' })
    expect(await failure(buffer(answer))).toMatchObject({ code: 'ECONNRESET' })
  })

  it('comes back after a crash', async () => {
    const { pid } = await engineHealth()
    const running = failure(queryRows(slow))
    await expect.poll(async () => (await engineHealth()).running, { timeout: 10_000 }).toBe(1)
    process.kill(pid, 'SIGKILL')
    expect(await running).toMatchObject({ code: 'unavailable' })
    await expect
      .poll(() => queryRows('SELECT 1').catch((error: Error) => error.message), { timeout: 15_000 })
      .toEqual([[1]])
    expect((await engineHealth()).pid).not.toBe(pid)
  })

  it('comes back when DuckDB gives itself up', async () => {
    const { pid } = await engineHealth()
    // What DuckDB 1.5 does not survive; receiveHistoricalRequest refuses such a file before.
    const path = join(env().home, 'staging', 'not-text.csv')
    writeFileSync(path, Buffer.concat([Buffer.from('id,at,x\n1,2026-06-01,'), Buffer.from([0xff, 0x0a])]))
    const keys = [{ name: 'id', type: { kind: 'int64' as const } }]
    const reading = openSpine({ path, format: 'csv', timestampColumn: 'at', keys })
    expect(await failure(reading)).toMatchObject({ code: 'unavailable' })
    await expect
      .poll(() => queryRows('SELECT 1').catch((error: Error) => error.message), { timeout: 15_000 })
      .toEqual([[1]])
    expect((await engineHealth()).pid).not.toBe(pid)
  })
})
