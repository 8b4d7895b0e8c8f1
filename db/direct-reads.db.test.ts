import { afterAll, describe, expect, it } from 'vitest'
import { closeDatabase, sql } from './client'
import { directReads } from './direct-reads'
import type { Cells } from './postgres-messages'

interface Row {
  n: number
  text: string
}

const row = (cells: Cells): Row => ({ n: cells.int4(), text: cells.text() })
const elsewhere: Row[] = [{ n: 0, text: 'elsewhere' }]
const otherwise = async () => elsewhere

const ask = directReads({
  text: `select n, $2::text || (10 / n) from generate_series(case $1 when '0' then 0 else 1 end, $1::int) n`,
  binary: [true, false],
})
const read = (count: number, text = 'é') => ask({ parameters: [String(count), text], row, otherwise })
const whenOpen = () => expect.poll(() => read(1), { timeout: 10_000 }).not.toBe(elsewhere)

afterAll(closeDatabase)

describe('direct reads', () => {
  it('are answered elsewhere until there is a connection, then each with its own rows', async () => {
    expect(await read(1)).toBe(elsewhere)
    await whenOpen()
    const counts = [3, 1, 0, 20_000, 2, 5, 4, 7]
    const answers = await Promise.all(counts.map((count) => read(count, `"${count}"\\`)))
    // Dividing by zero is refused: that question, and those behind it on its connection, are asked elsewhere.
    for (const [index, count] of counts.entries()) {
      if (answers[index] === elsewhere) continue
      expect(answers[index]).toHaveLength(count)
      expect(answers[index]?.at(-1)).toEqual({ n: count, text: `"${count}"\\${Math.floor(10 / count)}` })
    }
    expect(answers[2]).toBe(elsewhere)
    expect(answers[3]).toHaveLength(20_000)
  })

  it('fail for nobody when their connections are lost, and have new ones then', async () => {
    await whenOpen()
    const running = Promise.all(Array.from({ length: 20 }, () => read(5000)))
    await sql()`select pg_terminate_backend(pid) from pg_stat_activity where query like '%$2::text || (10 / n)%'
      and pid <> pg_backend_pid()`
    for (const rows of await running) expect([1, 5000]).toContain(rows.length)
    await whenOpen()
  })

  it('begin anew after the database was closed', async () => {
    await whenOpen()
    await closeDatabase()
    expect(await read(1)).toBe(elsewhere)
    await whenOpen()
  })
})
