import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startEngineForTests } from '@/db/testing/engine'
import type { Context } from '@/lib/core/context'
import { ingest } from '@/lib/ingestion/testing'
import { contextOf, mintTeam, type TestTeam } from '@/lib/registry/testing'
import { filesFolder } from '../folders'
import { versionById } from '../queries'
import { built, featureGroup, noProgress } from '../testing'
import { runVerification } from '../verify-dataset'

let engine: Awaited<ReturnType<typeof startEngineForTests>>
let team: TestTeam
const now = new Date('2026-06-01T00:00:00Z')
const producer = (): Context => contextOf(['producer'], team, { now: () => now })
beforeAll(async () => {
  engine = await startEngineForTests()
  team = await mintTeam()
})
afterAll(() => engine.stop())

/** mulberry32: the same numbers for the same seed. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const day = 86_400_000
const start = Date.parse('2026-01-01T00:00:00Z')

interface Row {
  customer_id: number
  at: number
  value: number
}

/** Values that occur once, so that each tells its row. */
function history(draw: () => number): Row[] {
  return Array.from({ length: 60 }, (_, index) => ({
    customer_id: 1 + Math.floor(draw() * 4),
    at: start + Math.floor(draw() * 40) * (day / 2),
    value: 1000 + index,
  }))
}

const spineOf = (draw: () => number) =>
  Array.from({ length: 30 }, () => ({
    customer_id: 1 + Math.floor(draw() * 5),
    at: start + Math.floor(draw() * 40) * (day / 2),
  }))

const options = [{}, { source_delay: 'P1D' }, { ttl: 'P3D' }, { source_delay: 'PT12H', ttl: 'P2D' }]

async function dataset(seed: number) {
  const ctx = producer()
  const draw = random(seed)
  const rows = history(draw)
  const group = await featureGroup(ctx, options[seed % options.length])
  const half = rows.length / 2
  for (const part of [rows.slice(0, half), rows.slice(half)]) {
    await ingest(
      ctx,
      group,
      part.map(({ customer_id, at, value }) => ({
        customer_id,
        interaction_date: new Date(at).toISOString(),
        num_logins: value,
        ...(draw() < 0.1 ? { _op: 'delete', num_logins: undefined } : {}),
      })),
    )
  }
  const spine = spineOf(draw)
  const made = await built(ctx, {
    features: [`${group}:num_logins`],
    spine: {
      rows: spine.map(({ customer_id, at }) => ({
        customer_id,
        event_timestamp: new Date(at).toISOString(),
      })),
    },
  })
  return { ctx, rows, spine, draw, ...made }
}

/** Overwrites one cell of the only file, as a join that is wrong would have written it. */
async function plant(name: string, row: number, value: number): Promise<void> {
  const path = join(filesFolder(name, 1), 'data.parquet')
  const connection = await (await DuckDBInstance.create()).connect()
  await connection.run("SET TimeZone = 'UTC'")
  await connection.run(`CREATE TABLE t AS SELECT row_number() OVER () AS n, * FROM read_parquet('${path}')`)
  await connection.run(`UPDATE t SET num_logins = ${value} WHERE n = ${row}`)
  await connection.run(`COPY (SELECT * EXCLUDE n FROM t ORDER BY n) TO '${path}' (FORMAT parquet)`)
  connection.closeSync()
}

describe('the certificate', { timeout: 120_000 }, () => {
  it('holds for what the join gives, with delay and time-to-live, late rows and tombstones', async () => {
    for (let seed = 0; seed < 8; seed++) {
      const { id } = await dataset(seed)
      const version = await versionById(id)
      expect(version?.certificate).toMatchObject({ holds: true, rows: 30 })
      const [part] = version?.certificate?.parts ?? []
      expect(
        (part?.with_row ?? 0) + (part?.without_row ?? 0) + (part?.expired ?? 0) + (part?.deleted ?? 0),
      ).toBe(30)
      expect(part?.closest_seconds ?? 0).toBeGreaterThanOrEqual(0)
    }
  })

  it('finds every value that is newer than its row, and names row and time', async () => {
    let planted = 0
    for (let seed = 100; seed < 108; seed++) {
      const { ctx, rows, spine, dataset: name, id } = await dataset(seed)
      const candidates = spine.flatMap((one, index) => {
        const later = rows.find(({ customer_id, at }) => customer_id === one.customer_id && at > one.at)
        return later ? [{ row: index + 1, value: later.value, at: later.at }] : []
      })
      const [leak] = candidates
      if (!leak) continue
      await plant(name, leak.row, leak.value)
      const { equal, certificate, differences } = await runVerification(ctx, id, noProgress)
      expect(equal).toBe(false)
      const [part] = certificate?.parts ?? []
      // A tombstone has no value that could have leaked.
      if ((part?.newer ?? 0) === 0) {
        expect(part?.differing).toBe(1)
        continue
      }
      planted++
      expect(certificate?.holds).toBe(false)
      expect(part).toMatchObject({ differing: 1, newer: 1 })
      expect(part?.examples).toEqual([
        {
          row: leak.row,
          column: 'num_logins',
          value: String(leak.value),
          event_time: `${new Date(leak.at).toISOString().slice(0, 19)}.000000Z`,
        },
      ])
      expect(differences.join(' ')).toContain('other bytes')
    }
    expect(planted).toBeGreaterThan(5)
  })

  it('finds a value that the history does not hold', async () => {
    const { ctx, dataset: name, id } = await dataset(200)
    await plant(name, 3, 77)
    const { certificate } = await runVerification(ctx, id, noProgress)
    expect(certificate?.holds).toBe(false)
    expect(certificate?.parts[0]).toMatchObject({ differing: 1, newer: 0 })
    expect(certificate?.parts[0]?.examples[0]).toMatchObject({ row: 3, value: '77', event_time: null })
  })

  it('is the same again while nothing was touched', async () => {
    const { ctx, id } = await dataset(300)
    const verification = await runVerification(ctx, id, noProgress)
    expect(verification).toMatchObject({ equal: true, differences: [] })
    expect(verification.certificate).toEqual((await versionById(id))?.certificate)
  })
})
