import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { inDuckDb, prepare, quoted, shapes } from './lib/join-data.mjs'
import { chained, late } from './lib/limit.mjs'
import { processesOf, processorOf, withPeak } from './lib/memory.mjs'
import { send, startProduct } from './lib/product.mjs'
import { startPeers } from './lib/python.mjs'
import { median, table } from './lib/statistics.mjs'

/**
 * node bench/joins.mjs [xs] [s] [five] [m] [--rounds 5] [--feast 1] [--quick] [--json FILE]
 * Point-in-time joins through HTTP to the last byte as Parquet, in turn with the best hand-written DuckDB query on the
 * same files (the limit); pandas, polars and Feast's default offline store where ALMANAC_BENCH_PYTHON has them. `m`
 * only when it is named; Feast in so many rounds, for it is slow. `--quick` is xs, two rounds, without Feast. Fails when
 * an answer is wrong, never by time.
 */
function options(args) {
  const value = (name, otherwise) => (args.includes(name) ? args[args.indexOf(name) + 1] : otherwise)
  const isQuick = args.includes('--quick')
  const named = Object.keys(shapes).filter((shape) => args.includes(shape))
  const usual = isQuick ? ['xs'] : ['s', 'five']
  return {
    names: named.length > 0 ? named : usual,
    rounds: Number(value('--rounds', isQuick ? 2 : 5)),
    feastRounds: Number(value('--feast', isQuick ? 0 : 1)),
    json: value('--json', null),
  }
}

const boundary = 'almanac-bench'

async function* multipart(request, spine) {
  const part = (head) => `--${boundary}\r\nContent-Disposition: form-data; ${head}\r\n\r\n`
  yield `${part('name="request"')}${JSON.stringify(request)}\r\n`
  yield part('name="spine"; filename="spine.parquet"')
  yield* createReadStream(spine, { highWaterMark: 1 << 20 })
  yield `\r\n--${boundary}--\r\n`
}

/** The product: the spine sent as a file, the answer kept as one. */
async function throughHttp(product, data, into) {
  const features = data.groups.flatMap((group) => group.features.map((feature) => `${group.name}:${feature}`))
  return send(product, 'POST', '/api/v1/historical-features', {
    headers: {
      'content-type': `multipart/form-data; boundary=${boundary}`,
      accept: 'application/vnd.apache.parquet',
    },
    pieces: multipart({ features }, data.spine),
    into: createWriteStream(into),
  })
}

async function byHand(connection, statements, into) {
  const started = performance.now()
  for (const statement of statements.slice(0, -1)) await connection.run(statement)
  await connection.run(`COPY (${statements.at(-1)}) TO ${quoted(into)} (FORMAT parquet, COMPRESSION zstd)`)
  return { milliseconds: performance.now() - started }
}

/** Both answers must be of the same rows, or nothing was measured. Ties are the product's to settle, so few may differ. */
async function compare(product, limit, spineRows) {
  const [[rows, same]] = await inDuckDb([
    `SELECT count(*), count(*) FILTER (a = b) FROM read_parquet(${quoted(product)}) a POSITIONAL JOIN read_parquet(${quoted(limit)}) b`,
  ])
  if (Number(rows) !== spineRows || Number(same) < spineRows * 0.999) {
    throw new Error(`The answers differ: ${same} of ${rows} rows are alike, ${spineRows} were asked for`)
  }
  return { rows: Number(rows), alike: Number(same) }
}

async function measure(product, name, { rounds, feastRounds }, peers, folder) {
  const shape = shapes[name]
  const data = await prepare(product, shape, folder, name)
  const file = (contender) => join(folder, `${name}-${contender}.parquet`)
  const instance = await DuckDBInstance.create(':memory:', { threads: String(cpus().length) })
  const connection = await instance.connect()
  await connection.run("SET TimeZone = 'UTC'")
  const request = { ...data, ttl_days: shape.ttl ? Number(/\d+/.exec(shape.ttl)[0]) : null }
  const bench = process.pid
  const { engine, portal } = processesOf(product.home)
  const hands = { 'duckdb chained': chained, 'duckdb late': late }
  const contenders = {
    almanac: { pid: engine, with: [portal], run: () => throughHttp(product, data, file('almanac')) },
    ...mapped(hands, (plan) => ({
      pid: bench,
      run: () => byHand(connection, plan(data, shape), file(plan.name)),
    })),
    ...mapped(peers?.versions ?? {}, (_, peer) => ({
      pid: peers.pid,
      run: () => peers.ask({ ...request, peer, into: file(peer) }),
      rounds: peer === 'feast' ? feastRounds : rounds,
    })),
  }
  const times = mapped(contenders, () => [])
  const memory = mapped(contenders, () => [])
  const processor = mapped(contenders, () => [])
  const firstBytes = []
  await settled(engine)
  for (let round = -1; round < rounds; round++) {
    for (const [contender, { run, pid, with: others = [], rounds: most = rounds }] of Object.entries(
      contenders,
    )) {
      if (round >= most || (most < rounds && round < 0)) continue
      const before = processorOf([pid, ...others])
      const { result, megabytes } = await withPeak(pid, run)
      const after = processorOf([pid, ...others])
      // The first round warms files and code up for all of them.
      if (round < 0) continue
      times[contender].push(result.milliseconds)
      if (before !== null && after !== null) processor[contender].push(after - before)
      if (megabytes !== null) memory[contender].push(megabytes)
      if (result.firstByte) firstBytes.push(result.firstByte)
    }
  }
  connection.closeSync()
  instance.closeSync()
  const compared = await compare(file('almanac'), file('late'), shape.spine)
  return summary(name, shape, times, processor, {
    ...compared,
    megabytes: mapped(memory, (seen) => (seen.length > 0 ? Math.max(...seen) : null)),
    firstByte: median(firstBytes),
    bytes: statSync(file('almanac')).size,
  })
}

const longestSettlingSeconds = 600

/** After a large commit the product counts statistics in the background; a join beside that measures both. */
async function settled(engine) {
  let quietSeconds = 0
  for (let second = 0; second < longestSettlingSeconds && quietSeconds < 4; second++) {
    const before = processorOf([engine])
    await new Promise((resolve) => setTimeout(resolve, 1000))
    quietSeconds = processorOf([engine]) - before < 50 ? quietSeconds + 1 : 0
  }
}

/** Ratios of the same round, so that a slow minute of the machine is in both. */
function summary(name, shape, times, processor, more) {
  const hands = ['duckdb chained', 'duckdb late']
  const limit = hands.reduce((a, b) => (median(times[a]) <= median(times[b]) ? a : b))
  const ran = Object.fromEntries(Object.entries(times).filter(([, own]) => own.length > 0))
  const ratios = mapped(ran, (own) =>
    median(own.map((milliseconds, round) => milliseconds / times[limit][round])),
  )
  const spent = mapped(processor, (own) => (own.length > 0 ? median(own) : null))
  return {
    workload: name,
    shape,
    limit,
    medians: mapped(ran, median),
    ratios,
    times,
    processor: spent,
    ...more,
  }
}

const mapped = (record, work) =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, work(value, key)]))

function print({ workload, shape, limit, medians, ratios, processor, megabytes, firstByte }) {
  const { spine, rows, groups, features } = shape
  process.stdout.write(
    `\n${workload}: ${spine} spine rows × ${groups} group(s) of ${rows} rows × ${features} features; limit: ${limit}; first byte ${firstByte.toFixed(0)} ms\n`,
  )
  const body = Object.entries(medians).map(([contender, milliseconds]) => [
    contender,
    milliseconds.toFixed(0),
    ratios[contender].toFixed(2),
    processor[contender]?.toFixed(0) ?? '–',
    megabytes[contender]?.toFixed(0) ?? '–',
  ])
  process.stdout.write(`${table([['', 'ms', 'of limit', 'ms of processor', 'MB at most'], ...body])}\n`)
}

async function main() {
  const { names, json, ...often } = options(process.argv.slice(2))
  const folder = mkdtempSync(join(tmpdir(), 'almanac-bench-joins-'))
  const product = await startProduct('bench-joins')
  const peers = await startPeers('joins')
  try {
    const results = []
    for (const name of names) {
      const result = await measure(product, name, often, peers, folder)
      print(result)
      results.push(result)
    }
    const report = {
      bench: 'joins',
      at: new Date().toISOString(),
      cpus: cpus().length,
      peers: peers?.versions ?? {},
      results,
    }
    if (json) writeFileSync(json, `${JSON.stringify(report, null, 2)}\n`)
    else process.stdout.write(`${JSON.stringify(report)}\n`)
  } finally {
    peers?.stop()
    await product.remove()
    rmSync(folder, { recursive: true, force: true })
  }
}

await main()
