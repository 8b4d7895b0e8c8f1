import { createReadStream, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import {
  checkHistory,
  checkOnline,
  definition,
  formats,
  jsonRows,
  writeOnlineRows,
  writeRows,
} from './lib/ingest-data.mjs'
import { duckDbSeconds, openPostgresLimit } from './lib/ingest-limits.mjs'
import { fixedRate, wireRequest } from './lib/load.mjs'
import { processesOf } from './lib/memory.mjs'
import { send, sendJson, startProduct } from './lib/product.mjs'
import { median, table } from './lib/statistics.mjs'

const isQuick = process.argv.includes('--quick')
const roundsAt = process.argv.indexOf('--rounds')
const rounds = roundsAt > 0 ? Number(process.argv[roundsAt + 1]) : 1
const large = isQuick ? 120_000 : 10_000_000
const middle = isQuick ? 20_000 : 1_000_000
const batches = isQuick ? 5 : 100
const pushes = isQuick ? 30 : 500
const batchRows = 1000

/** Resident megabytes of a process; null where the system does not tell. */
function megabytesOf(pid) {
  try {
    const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return kilobytes ? Number(kilobytes) / 1024 : null
  } catch {
    return null
  }
}

/** Looks at memory and reads online while `work` runs: { result, seconds, peaks, p99 }. */
async function beside(product, reads, work) {
  const peaks = {}
  const processes = Object.entries(processesOf(product.home))
  let isRunning = true
  const look = (async () => {
    while (isRunning) {
      for (const [name, pid] of processes) peaks[name] = Math.max(peaks[name] ?? 0, megabytesOf(pid) ?? 0)
      await wait(100)
    }
  })()
  const seen = []
  const read = (async () => {
    while (isRunning) seen.push(await reads(1))
  })()
  const started = performance.now()
  try {
    const result = await work()
    const seconds = (performance.now() - started) / 1000
    isRunning = false
    await Promise.all([look, read])
    const failed = seen.reduce((sum, one) => sum + one.failed, 0)
    if (failed > 0) throw new Error(`${failed} online reads failed beside an ingest.`)
    return { result, seconds, peaks, p99: median(seen.map(({ p99 }) => p99)) }
  } finally {
    isRunning = false
  }
}

let groups = 0

async function newGroup(product, name) {
  const group = `${name}_${Date.now().toString(36)}_${groups++}`
  await sendJson(product, 'POST', '/api/v1/feature-groups', definition(group))
  return group
}

async function isOnline(product, group) {
  for (;;) {
    const { online } = await sendJson(product, 'GET', `/api/v1/feature-groups/${group}/commits`)
    if (online.state === 'done') return
    await wait(100)
  }
}

const readOnline = (product) => async (features, ids) => {
  const { values } = await sendJson(product, 'POST', '/api/v1/online-features', {
    features,
    entities: { id: ids },
  })
  return values
}

async function sendRows(product, group, type, to, what) {
  const path = `/api/v1/feature-groups/${group}/rows?to=${to}`
  const { body, milliseconds } = await send(product, 'POST', path, {
    ...what,
    headers: { 'content-type': type, ...what.headers },
  })
  return { answer: JSON.parse(body.toString()), milliseconds }
}

function requireAccepted({ accepted }, rows) {
  if (accepted !== rows) throw new Error(`${accepted} of ${rows} rows were accepted.`)
}

/** Small reads of a group of their own, a hundred a second: (seconds) → { p50, p99, failed }. */
async function readsOf(product) {
  const group = await newGroup(product, 'ingest_reads')
  const body = `{"rows":[${(await jsonRows(1000)).join(',')}]}`
  await sendRows(product, group, 'application/json', 'both', { body })
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

/** One file into a new group, then DuckDB with the same file: rows a second, ratio, memory, reads beside. */
async function measureFile({ product, reads, folder, limit }, { format, rows, to }) {
  const path = await writeRows(folder, format, rows)
  const onlinePath = to === 'both' ? await writeOnlineRows(folder, rows) : null
  const seen = []
  for (let round = 0; round < rounds; round++) {
    const group = await newGroup(product, `ingest_${format}`)
    const bytes = statSync(path).size
    const history = await beside(product, reads, async () => {
      const pieces = createReadStream(path, { highWaterMark: 1 << 18 })
      const headers = { 'content-length': String(bytes) }
      const { answer } = await sendRows(product, group, formats[format].type, to, { pieces, headers })
      requireAccepted(answer, rows)
    })
    const limitSeconds = await duckDbSeconds({ format, path }, folder)
    const online = to === 'both' ? await beside(product, reads, () => isOnline(product, group)) : null
    await checkHistory(product, group, rows)
    if (online) await checkOnline(readOnline(product), group, rows)
    const upsertSeconds = onlinePath ? await limit.upsert(onlinePath) : null
    seen.push({ history, limitSeconds, online, upsertSeconds })
  }
  rmSync(path)
  if (onlinePath) rmSync(onlinePath)
  return fileResult({ format, rows, to }, seen)
}

const mostOf = (values) => Math.max(...values.map((value) => value ?? 0))

function fileResult({ format, rows, to }, seen) {
  const half = (of, limitOf) => {
    const seconds = median(seen.map((one) => of(one).seconds))
    return {
      perSecond: rows / seconds,
      ofLimit: median(seen.map((one) => limitOf(one) / of(one).seconds)),
      portal: mostOf(seen.map((one) => of(one).peaks.portal)),
      engine: mostOf(seen.map((one) => of(one).peaks.engine)),
      p99: median(seen.map((one) => of(one).p99)),
    }
  }
  return {
    name: `${rows.toLocaleString('en')} ${format} → ${to}`,
    history: half(
      ({ history }) => history,
      ({ limitSeconds }) => limitSeconds,
    ),
    // A small batch is online with its history: there is no half to measure.
    online:
      to === 'both' && rows > 100_000
        ? half(
            ({ online }) => online,
            ({ upsertSeconds }) => upsertSeconds,
          )
        : null,
  }
}

/** JSON batches of a thousand rows, one after the other: rows a second. */
async function measureBatches({ product }, to) {
  const bodies = []
  for (let i = 0; i < batches; i++)
    bodies.push(`{"rows":[${(await jsonRows(batchRows, i * batchRows)).join(',')}]}`)
  const group = await newGroup(product, 'ingest_json')
  const started = performance.now()
  for (const body of bodies) {
    const { answer } = await sendRows(product, group, 'application/json', to, { body })
    requireAccepted(answer, batchRows)
  }
  const seconds = (performance.now() - started) / 1000
  await checkHistory(product, group, batches * batchRows)
  if (to === 'both') await checkOnline(readOnline(product), group, batches * batchRows)
  return { to, perSecond: (batches * batchRows) / seconds, milliseconds: (seconds * 1000) / batches }
}

/** Pushes of one row in turn with transactions of two statements, milliseconds in the median. */
async function measurePushes({ product, limit }) {
  const group = await newGroup(product, 'ingest_push')
  const rows = await jsonRows(pushes)
  const times = []
  const bare = []
  const share = Math.ceil(pushes / 5)
  for (let start = 0; start < pushes; start += share) {
    for (const row of rows.slice(start, start + share)) {
      const body = `{"rows":[${row}]}`
      const { answer, milliseconds } = await sendRows(product, group, 'application/json', 'both', { body })
      requireAccepted(answer, 1)
      times.push(milliseconds)
    }
    bare.push(await limit.transaction(share))
  }
  // A read of history has the files made of what still stands in its commits.
  await sendJson(product, 'GET', `/api/v1/feature-groups/${group}/rows?limit=1`)
  await checkHistory(product, group, pushes)
  await checkOnline(readOnline(product), group, pushes)
  return { push: median(times), transaction: median(bare), ratio: median(times) / median(bare) }
}

const perSecond = (value) => Math.round(value).toLocaleString('en')

function printFiles(files, quiet) {
  const cells = (half) =>
    half
      ? [
          perSecond(half.perSecond),
          half.ofLimit.toFixed(2),
          Math.round(half.portal),
          Math.round(half.engine),
          (half.p99 / quiet.p99).toFixed(1),
        ]
      : ['–', '–', '–', '–', '–']
  const columns = ['rows/s', 'of limit', 'portal MB', 'engine MB', 'p99 of quiet']
  for (const [title, half] of [
    ['History (limit: DuckDB reading and writing the file)', 'history'],
    ['Online half (limit: COPY and INSERT … ON CONFLICT)', 'online'],
  ]) {
    console.log(`\n${title}`)
    console.log(table([['', ...columns], ...files.map((one) => [one.name, ...cells(one[half])])]))
  }
}

async function main() {
  const product = await startProduct('ingest')
  const folder = join(product.home, 'bench')
  mkdirSync(folder, { recursive: true })
  const limit = await openPostgresLimit(product)
  try {
    const run = { product, folder, limit, reads: await readsOf(product) }
    const quiet = await run.reads(isQuick ? 2 : 10)
    const files = []
    for (const shape of [
      { format: 'parquet', rows: large, to: 'offline' },
      { format: 'parquet', rows: large, to: 'both' },
      { format: 'csv', rows: middle, to: 'offline' },
      { format: 'csv', rows: middle, to: 'both' },
      { format: 'ndjson', rows: middle, to: 'offline' },
      { format: 'ndjson', rows: middle, to: 'both' },
    ])
      files.push(await measureFile(run, shape))
    const json = [await measureBatches(run, 'offline'), await measureBatches(run, 'both')]
    const single = await measurePushes(run)
    printFiles(files, quiet)
    for (const { to, perSecond: rate, milliseconds } of json)
      console.log(
        `\nJSON batches of ${batchRows} → ${to}: ${perSecond(rate)} rows/s, ${milliseconds.toFixed(1)} ms each`,
      )
    const { push, transaction, ratio } = single
    console.log(
      `\nA push of one row: p50 ${push.toFixed(1)} ms; two statements in a transaction ${transaction.toFixed(1)} ms: ${ratio.toFixed(1)} times`,
    )
    console.log(
      `Online reads, quiet: p50 ${quiet.p50.toFixed(1)} ms, p99 ${quiet.p99.toFixed(1)} ms; load of the machine ${loadavg()[0].toFixed(1)}\n`,
    )
    console.log(JSON.stringify({ quiet, files, json, single }))
  } finally {
    await limit.close()
    rmSync(folder, { recursive: true, force: true })
    await product.remove()
  }
}

await main()
