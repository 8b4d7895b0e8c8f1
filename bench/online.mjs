import { fork } from 'node:child_process'
import { once } from 'node:events'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { closedLoop, fixedRate, wireRequest } from './lib/load.mjs'
import { plansOf, prepareOnline } from './lib/online-data.mjs'
import { feastRequests, startFeast } from './lib/online-feast.mjs'
import { send, sendJson, startProduct } from './lib/product.mjs'
import { median, table } from './lib/statistics.mjs'

const quick = process.argv.includes('--quick')
const settings = quick
  ? { groups: 5, keys: 5_000, rounds: 3, seconds: 1, apiKeys: 20 }
  : { groups: 25, keys: 100_000, rounds: 5, seconds: 2, apiKeys: 100 }
const path = '/api/v1/online-features'
const requestsAShape = 1000

/** [keys, features] and the share of the limit that is to be reached. */
const shapes = [
  [1, 50, 0.8],
  [1, 250, 0.8],
  [10, 50, 0.85],
  [10, 250, 0.85],
  [100, 50, 0.9],
  [100, 250, 0.9],
].filter(([, width]) => width <= settings.groups * 10)

/** Keys that differ in what they may: one in two is tied to the environment, all have other scopes. */
async function mintKeys(product) {
  const more = [
    'group:read_offline',
    'group:read_statistics',
    'key:create',
    'audit:read',
    'dataset:read',
    'group:write_online',
  ]
  return Promise.all(
    Array.from({ length: settings.apiKeys }, (_, index) =>
      sendJson(product, 'POST', '/api/v1/api-keys', {
        name: `bench ${index}`,
        scopes: [
          'group:read_online',
          'catalog:describe',
          ...more.filter((_, bit) => ((index >> 1) >> bit) & 1),
        ],
        environments: index % 2 === 0 ? [] : ['prod'],
      }),
    ),
  )
}

/** One key in three is nobody's. */
const randomKeys = (count) =>
  Array.from({ length: count }, () => Math.floor(Math.random() * settings.keys * 1.5))

const requestsOf = ([count, width], keys) =>
  Array.from({ length: requestsAShape }, (_, index) =>
    wireRequest({
      host: 'bench',
      path,
      key: keys[index % keys.length].secret,
      body: JSON.stringify({ feature_service: `bench_${width}`, entities: { id: randomKeys(count) } }),
    }),
  )

async function startLimit(plans) {
  const child = fork(fileURLToPath(new URL('./lib/online-limit.mjs', import.meta.url)))
  child.send(plans)
  const [{ port }] = await once(child, 'message')
  return { port, stop: () => child.disconnect() }
}

const withoutTime = (body) => body.toString().replace(/"served_at":"[^"]*"/, '')

/** A comparison of different answers would say nothing. */
async function requireSameBytes(product, limit, [count, width]) {
  const body = JSON.stringify({ feature_service: `bench_${width}`, entities: { id: randomKeys(count) } })
  const call = (origin) =>
    send({ ...product, origin }, 'POST', path, { headers: { 'content-type': 'application/json' }, body })
  const [own, bare] = [await call(product.origin), await call(`http://127.0.0.1:${limit.port}`)]
  if (withoutTime(own.body) !== withoutTime(bare.body))
    throw new Error(`The limit answers ${count}×${width} otherwise.`)
}

const refuseFailures = (run) => {
  if (run.failed > 0) throw new Error(`${run.failed} requests were not answered with 200.`)
  return run
}

/** Product and limit in turn, so that a machine that slows down slows both down. */
async function compare(servers, requests, connections) {
  const runs = { product: [], limit: [] }
  for (let round = 0; round < settings.rounds; round++) {
    for (const name of round % 2 === 0 ? ['product', 'limit'] : ['limit', 'product']) {
      runs[name].push(
        refuseFailures(await closedLoop(servers[name], requests, { connections, seconds: settings.seconds })),
      )
    }
  }
  const half = {
    connections: 8,
    perSecond: median(runs.limit.map(({ perSecond }) => perSecond)) / 2,
    seconds: settings.seconds,
  }
  const calm = { product: [], limit: [] }
  for (let round = 0; connections > 1 && round < settings.rounds; round++) {
    for (const name of ['product', 'limit'])
      calm[name].push(refuseFailures(await fixedRate(servers[name], requests, half)))
  }
  return { runs, calm }
}

const of = (runs, part) => median(runs.map((run) => run[part]))

function judge([count, width, goal], connections, { runs, calm }) {
  const product = of(runs.product, 'perSecond')
  const limit = of(runs.limit, 'perSecond')
  const share = median(runs.product.map((run, round) => run.perSecond / runs.limit[round].perSecond))
  const p99 = connections > 1 ? of(calm.product, 'p99') / of(calm.limit, 'p99') : null
  return {
    shape: `${count}×${width}`,
    connections,
    product,
    limit,
    share,
    goal,
    p50: of(runs.product, 'p50'),
    p99AtHalfLoad: p99,
  }
}

/** Seconds from the revocation until the key is refused, with the load going on. */
async function revoke(product, key, width) {
  const request = [
    wireRequest({
      host: 'bench',
      path,
      key: key.secret,
      body: JSON.stringify({ feature_service: `bench_${width}`, entities: { id: [1] } }),
    }),
  ]
  const server = { port: Number(new URL(product.origin).port) }
  const started = performance.now()
  await send(product, 'DELETE', `/api/v1/api-keys/${key.id}`, { headers: { 'if-match': '*' } })
  const revoked = performance.now()
  for (;;) {
    const run = await closedLoop(server, request, { connections: 1, seconds: 0.01 })
    const since = (performance.now() - revoked) / 1000
    if (run.failed > 0) return { seconds: since, revocationSeconds: (revoked - started) / 1000 }
    if (since > 10) throw new Error('A revoked key is still answered after 10 s.')
  }
}

/** 1×50 of the product and of Feast's server in turn; null without Feast. */
async function besideFeast(server, keys) {
  const feast = await startFeast()
  if (!feast) return null
  const own = requestsOf([1, 50], keys)
  const theirs = feastRequests(requestsAShape)
  const results = []
  try {
    for (const connections of [1, 8]) {
      const run = { connections, seconds: settings.seconds }
      const rounds = []
      await closedLoop(feast, theirs, run)
      for (let round = 0; round < settings.rounds; round++) {
        const product = refuseFailures(await closedLoop(server, own, run)).perSecond
        const peer = refuseFailures(await closedLoop(feast, theirs, run)).perSecond
        rounds.push({ product, peer, times: product / peer })
      }
      const [product, peer, times] = ['product', 'peer', 'times'].map((part) => of(rounds, part))
      results.push({ connections, product, peer, times })
    }
    return { version: feast.version, results }
  } finally {
    feast.stop()
  }
}

async function main() {
  const product = await startProduct('online')
  let limit = null
  try {
    const services = await prepareOnline(product, settings)
    const keys = await mintKeys(product)
    limit = await startLimit(await plansOf(product, services))
    const servers = { product: { port: Number(new URL(product.origin).port) }, limit }
    const results = []
    for (const shape of shapes) {
      await requireSameBytes(product, limit, shape)
      const requests = requestsOf(shape, keys)
      for (const server of Object.values(servers))
        await closedLoop(server, requests, { connections: 8, seconds: 1 })
      for (const connections of [1, 8])
        results.push(judge(shape, connections, await compare(servers, requests, connections)))
    }
    const feast = await besideFeast(servers.product, keys)
    tell(results, feast, await revoke(product, keys.at(-1), 50))
  } finally {
    limit?.stop()
    await product.remove()
  }
}

function feastTable(feast) {
  if (!feast) return 'Feast: ALMANAC_BENCH_PYTHON names no Python that has it.'
  const rows = feast.results.map(({ connections, product, peer, times }) => [
    '1×50',
    connections,
    product.toFixed(0),
    peer.toFixed(0),
    times.toFixed(1),
  ])
  return table([['shape', 'connections', 'requests/s', `Feast ${feast.version}`, 'times'], ...rows])
}

function tell(results, feast, revoked) {
  const rows = results.map((one) => [
    one.shape,
    one.connections,
    one.product.toFixed(0),
    one.limit.toFixed(0),
    one.share.toFixed(2),
    one.goal.toFixed(2),
    one.p50.toFixed(2),
    one.p99AtHalfLoad === null ? '' : one.p99AtHalfLoad.toFixed(2),
  ])
  const head = [
    'shape',
    'connections',
    'requests/s',
    'limit',
    'share',
    'goal',
    'p50 ms',
    'p99 ÷ limit at half load',
  ]
  process.stdout.write(
    `${table([head, ...rows])}\n\n${feastTable(feast)}\n\nA revoked key is refused after ${revoked.seconds.toFixed(2)} s.\n`,
  )
  process.stdout.write(
    `${JSON.stringify({ settings, processors: cpus().length, node: process.version, results, feast, revoked })}\n`,
  )
}

await main()
