import {
  createReadStream,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { inDuckDb, quoted } from './lib/join-data.mjs'
import { fixedRate, wireRequest } from './lib/load.mjs'
import { send, sendJson, startProduct } from './lib/product.mjs'
import { median, table } from './lib/statistics.mjs'

const quick = process.argv.includes('--quick')
const large = quick ? 1_000_000 : 10_000_000
const middle = quick ? 100_000 : 1_000_000
const mebibyte = 1024 ** 2

/** Key, time, four doubles, three integers of which one in ten is null, a label: ten columns. */
const rowsSql = (rows) =>
  `SELECT i AS id, make_timestamptz(1767225600000000 + i) AS "at", ` +
  Array.from({ length: 4 }, (_, f) => `CAST(hash(i, ${f}) % 1000000 AS DOUBLE) / 1000 AS d${f}, `).join('') +
  Array.from(
    { length: 3 },
    (_, f) =>
      `CASE WHEN hash(i, 'n', ${f}) % 10 > 0 THEN CAST(hash(i, ${f + 4}) % 1000000 AS BIGINT) END AS n${f}, `,
  ).join('') +
  `'label ' || (hash(i, 'l') % 100) AS label FROM range(${rows}) r(i)`

/** The same rows with times as RFC 3339 has them, for formats of texts. */
const textSql = (rows) =>
  `SELECT * REPLACE (strftime("at" AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%S.%fZ') AS "at") FROM (${rowsSql(rows)})`

const definition = (name) => ({
  name,
  description: 'Rows of a bench.',
  entity: { name: 'ingest_entity', keys: [{ name: 'id', type: 'int64' }] },
  primary_key: ['id'],
  timestamp_key: 'at',
  features: [
    ...[0, 1, 2, 3].map((f) => ({
      name: `d${f}`,
      type: 'float64',
      description: 'A number.',
      contract: { min: 0 },
    })),
    ...[0, 1, 2].map((f) => ({
      name: `n${f}`,
      type: 'int64',
      description: 'A number.',
      contract: { max: 1e6 },
    })),
    {
      name: 'label',
      type: 'string',
      description: 'One of a hundred.',
      contract: { pattern: '^label \\d+$' },
    },
  ],
})

const formats = {
  parquet: { type: 'application/vnd.apache.parquet', copy: '(FORMAT parquet)' },
  csv: { type: 'text/csv', copy: '(FORMAT csv, HEADER)' },
  ndjson: { type: 'application/x-ndjson', copy: '(FORMAT json)' },
}

/** Resident bytes of the product's processes by what they are, where the system tells (Linux). */
function residentBytes(home) {
  const found = {}
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
      const name = /(portal|engine)\.m?js$/.exec(
        words.find((word) => /(portal|engine)\.m?js$/.test(word)) ?? '',
      )?.[1]
      const own = readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`ALMANAC_HOME=${home}\0`)
      if (!name || !own || readlinkSync(`/proc/${pid}/exe`) === '') continue
      const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
      found[name] = Math.max(found[name] ?? 0, Number(kilobytes ?? 0) * 1024)
    } catch {
      // A process that has ended, or somebody else's.
    }
  }
  return found
}

/** Looks at memory and reads online while `work` runs: { result, seconds, peaks, reads }. */
async function beside(product, reads, work) {
  const peaks = {}
  let isRunning = true
  const look = (async () => {
    while (isRunning) {
      for (const [name, bytes] of Object.entries(residentBytes(product.home)))
        peaks[name] = Math.max(peaks[name] ?? 0, bytes)
      await wait(200)
    }
  })()
  const rounds = []
  const read = (async () => {
    while (isRunning) rounds.push(await reads(1))
  })()
  const started = performance.now()
  try {
    const result = await work()
    const seconds = (performance.now() - started) / 1000
    isRunning = false
    await Promise.all([look, read])
    const slowest = Math.max(...rounds.map(({ p99 }) => p99))
    return {
      result,
      seconds,
      peaks,
      p50: median(rounds.map(({ p50 }) => p50)),
      p99: median(rounds.map(({ p99 }) => p99)),
      slowest,
    }
  } finally {
    isRunning = false
  }
}

async function newGroup(product, name) {
  const group = `${name}_${Date.now().toString(36)}`
  await sendJson(product, 'POST', '/api/v1/feature-groups', definition(group))
  return group
}

async function isOnline(product, group) {
  for (;;) {
    const { online } = await sendJson(product, 'GET', `/api/v1/feature-groups/${group}/commits`)
    if (online.state === 'done') return
    await wait(500)
  }
}

/** Small reads of a group of their own, a hundred a second. */
async function readsOf(product) {
  const group = await newGroup(product, 'ingest_reads')
  const rows = await inDuckDb([`SELECT to_json(x)::VARCHAR FROM (${textSql(1000)}) x`])
  const body = `{"rows":[${rows.map(([row]) => row).join(',')}]}`
  await send(product, 'POST', `/api/v1/feature-groups/${group}/rows`, {
    headers: { 'content-type': 'application/json' },
    body,
  })
  const { port, hostname } = new URL(product.origin)
  const requests = Array.from({ length: 200 }, () =>
    wireRequest({
      host: 'bench',
      path: '/api/v1/online-features',
      key: product.key,
      body: JSON.stringify({
        features: ['d0', 'n0', 'label'].map((feature) => `${group}:${feature}`),
        entities: { id: [Math.floor(Math.random() * 1000)] },
      }),
    }),
  )
  const server = { port: Number(port), host: hostname === 'localhost' ? '127.0.0.1' : hostname }
  return (seconds) => fixedRate(server, requests, { connections: 4, perSecond: 100, seconds })
}

async function sendFile(product, group, path, type, to) {
  const { body } = await send(product, 'POST', `/api/v1/feature-groups/${group}/rows?to=${to}`, {
    headers: { 'content-type': type, 'content-length': statSync(path).size },
    pieces: createReadStream(path, { highWaterMark: 1 << 18 }),
  })
  return JSON.parse(body.toString())
}

/** One file into one new group; online too when it goes to both. */
async function ingested(product, reads, { format, rows, to, path }) {
  const group = await newGroup(product, `ingest_${format}`)
  const measured = await beside(product, reads, async () => {
    const answer = await sendFile(product, group, path, formats[format].type, to)
    if (answer.accepted !== rows) throw new Error(`${answer.accepted} of ${rows} rows were accepted`)
  })
  const online = to === 'both' ? await beside(product, reads, () => isOnline(product, group)) : null
  return { format, rows, to, bytes: statSync(path).size, ...measured, online }
}

/** DuckDB alone, reading the same file and writing the same Parquet: seconds. */
async function limitOf({ format, path }, folder) {
  const read = { parquet: 'read_parquet', csv: 'read_csv', ndjson: 'read_json' }[format]
  const out = join(folder, 'limit.parquet')
  const started = performance.now()
  await inDuckDb([
    `COPY (SELECT * FROM ${read}(${quoted(path)}) ORDER BY id, "at") TO ${quoted(out)} (FORMAT parquet, COMPRESSION zstd)`,
  ])
  rmSync(out)
  return (performance.now() - started) / 1000
}

const perSecond = (rows, seconds) => Math.round(rows / seconds).toLocaleString('en')
const megabytes = (bytes) => (bytes === undefined ? '–' : Math.round(bytes / mebibyte))

async function main() {
  const product = await startProduct('ingest')
  const folder = join(product.home, 'bench')
  mkdirSync(folder, { recursive: true })
  try {
    const reads = await readsOf(product)
    const quiet = await reads(quick ? 3 : 10)
    const shapes = [
      { format: 'parquet', rows: large, to: 'both' },
      { format: 'parquet', rows: large, to: 'offline' },
      { format: 'csv', rows: middle, to: 'offline' },
      { format: 'ndjson', rows: middle, to: 'offline' },
    ]
    const results = []
    for (const shape of shapes) {
      const path = join(folder, `${shape.rows}.${shape.format}`)
      const sql = shape.format === 'parquet' ? rowsSql(shape.rows) : textSql(shape.rows)
      await inDuckDb([`COPY (${sql}) TO ${quoted(path)} ${formats[shape.format].copy}`])
      const own = { ...shape, path }
      results.push({ ...(await ingested(product, reads, own)), limitSeconds: await limitOf(own, folder) })
    }
    const head = [
      'rows to',
      'rows/s',
      'of DuckDB',
      'portal MB',
      'engine MB',
      'read p50',
      'p99',
      'online rows/s',
      'portal MB',
      'engine MB',
      'p99',
    ]
    const lines = results.map(({ format, rows, to, seconds, limitSeconds, peaks, p50, p99, online }) => [
      `${(rows / 1e6).toFixed(1)} M ${format} → ${to}`,
      perSecond(rows, seconds),
      (limitSeconds / seconds).toFixed(2),
      megabytes(peaks.portal),
      megabytes(peaks.engine),
      p50.toFixed(1),
      p99.toFixed(1),
      online ? perSecond(rows, seconds + online.seconds) : '–',
      online ? megabytes(online.peaks.portal) : '–',
      online ? megabytes(online.peaks.engine) : '–',
      online ? online.p99.toFixed(1) : '–',
    ])
    console.log(table([head, ...lines]))
    console.log(`\nOnline reads, quiet: p50 ${quiet.p50.toFixed(1)} ms, p99 ${quiet.p99.toFixed(1)} ms.\n`)
    console.log(JSON.stringify({ quiet, results }))
  } finally {
    rmSync(folder, { recursive: true, force: true })
    await product.remove()
  }
}

await main()
