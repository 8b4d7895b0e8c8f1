import { createReadStream, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import postgres from 'postgres'
import { startPostgres } from '../../scripts/lib/postgres.mjs'
import { formats } from './ingest-data.mjs'
import { inDuckDb, quoted } from './join-data.mjs'
import { median } from './statistics.mjs'

/** DuckDB alone, reading the same file and writing the same Parquet: seconds. */
export async function duckDbSeconds({ format, path }, folder) {
  const out = join(folder, 'limit.parquet')
  const started = performance.now()
  await inDuckDb([
    `COPY (SELECT * FROM ${formats[format].read}(${quoted(path)}) ORDER BY id, "at") TO ${quoted(out)} (FORMAT parquet, COMPRESSION zstd)`,
  ])
  const seconds = (performance.now() - started) / 1000
  rmSync(out)
  return seconds
}

const rowsACopy = 10_000

/** PostgreSQL's own work on a table of the online store's shape, in the product's database: { upsert, transaction, close }. */
export async function openPostgresLimit({ home }) {
  const { ownerUrl } = await startPostgres({ home })
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => {} })
  await sql`create schema if not exists bench`
  await sql`drop table if exists bench.online`
  await sql`create table bench.online (entity_key text, view_id int, event_time timestamptz, created timestamptz,
    deleted bool, v text, primary key (entity_key, view_id)) with (fillfactor = 70)`
  await sql`create table if not exists bench.history (id bigint, at timestamptz, v text)`

  /** One transaction: the rows of a file's lines into a table of texts, and from there where they are newer. */
  const upsertLines = (lines) =>
    sql.begin(async (tx) => {
      await tx`set local synchronous_commit = off`
      await tx`create temp table arrived (entity_key text, event_time timestamptz, v text) on commit drop`
      const into = await tx`copy arrived from stdin`.writable()
      await new Promise((resolve, reject) => {
        into.once('finish', resolve).once('error', reject)
        into.end(`${lines.join('\n')}\n`)
      })
      await tx`insert into bench.online select entity_key, 1, event_time, now(), false, v from arrived
        on conflict (entity_key, view_id) do update set event_time = excluded.event_time, created = excluded.created,
        deleted = excluded.deleted, v = excluded.v where excluded.event_time > bench.online.event_time`
    })
  return {
    /** Seconds of the bulk upsert of a file of `writeOnlineRows`. */
    upsert: async (path) => {
      await sql`truncate bench.online`
      const started = performance.now()
      let lines = []
      for await (const line of createInterface({ input: createReadStream(path) })) {
        lines.push(line)
        if (lines.length < rowsACopy) continue
        await upsertLines(lines)
        lines = []
      }
      if (lines.length > 0) await upsertLines(lines)
      return (performance.now() - started) / 1000
    },
    /** Milliseconds of a transaction of two statements, in the median. */
    transaction: async (count) => {
      const times = []
      for (let i = 0; i < count; i++) {
        const started = performance.now()
        await sql.begin(async (tx) => {
          await tx`insert into bench.history values (${i}, now(), 'a row')`
          await tx`insert into bench.online values (${`one ${i}`}, 1, now(), now(), false, 'a row')
            on conflict (entity_key, view_id) do update set v = excluded.v`
        })
        times.push(performance.now() - started)
      }
      return median(times)
    },
    close: async () => {
      await sql`drop schema bench cascade`
      await sql.end()
    },
  }
}
