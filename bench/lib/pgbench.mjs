import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import postgres from 'postgres'
import { startPostgres } from '../../scripts/lib/postgres.mjs'

const run = promisify(execFile)
const scratch = 'almanac_bench'

const isThere = () =>
  run('pgbench', ['--version']).then(
    ({ stdout }) => stdout.trim(),
    () => null,
  )

const scriptOf = (viewIds, keys) =>
  `\\set id random(0, ${Math.floor(keys * 1.5)})\n` +
  `select entity_key, view_id, v from online_rows where entity_key = any(array[:id::text]) ` +
  `and view_id = any(array[${viewIds.join(',')}]) and not deleted;\n`

async function perSecond(url, args, { connections, seconds }) {
  const words = ['-n', '-M', 'prepared', '-c', String(connections), '-T', String(seconds), ...args, url]
  const { stdout } = await run('pgbench', words)
  return Number(/tps = ([\d.]+) \(without/.exec(stdout)?.[1])
}

/** A database of pgbench's own beside the product's, with 100,000 accounts. */
async function withAccounts(adminUrl, work) {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => {} })
  const url = adminUrl.replace(/[^/]*$/, scratch)
  try {
    await sql.unsafe(`drop database if exists ${scratch}`)
    await sql.unsafe(`create database ${scratch}`)
    await run('pgbench', ['-i', '-q', '-s', '1', url])
    return await work(url)
  } finally {
    await sql.unsafe(`drop database if exists ${scratch}`)
    await sql.end()
  }
}

/** What PostgreSQL alone does a second: pgbench's own look-ups, and the rows of one key in the views; null without it. */
export async function engineCeiling(product, viewIds, { keys, seconds }) {
  const version = await isThere()
  if (!version) return null
  const { url, adminUrl } = await startPostgres({ home: product.home })
  const folder = mkdtempSync(join(tmpdir(), 'almanac-pgbench-'))
  const file = join(folder, 'rows.sql')
  try {
    writeFileSync(file, scriptOf(viewIds, keys))
    const results = await withAccounts(adminUrl, async (accounts) => {
      const told = []
      for (const connections of [1, 8]) {
        const accountsPerSecond = await perSecond(accounts, ['-S'], { connections, seconds })
        told.push({
          connections,
          accountsPerSecond,
          rowsPerSecond: await perSecond(url, ['-f', file], { connections, seconds }),
        })
      }
      return told
    })
    return { version, results }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
