import { fork } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { closedLoop } from './lib/load.mjs'
import { compare, requireSameBytes } from './lib/online-compare.mjs'
import { plansOf, prepareOnline } from './lib/online-data.mjs'
import { besideFeast } from './lib/online-feast.mjs'
import { mintKeys, requestsOf } from './lib/online-requests.mjs'
import { revokeUnderLoad } from './lib/online-revoke.mjs'
import { besideNext } from './lib/online-route.mjs'
import { told } from './lib/online-tell.mjs'
import { engineCeiling } from './lib/pgbench.mjs'
import { startProduct } from './lib/product.mjs'

const { values: options } = parseArgs({
  options: {
    /** A minute: five groups, fewer keys, short rounds; figures are told and fail nothing, wrong answers do. */
    quick: { type: 'boolean', default: false },
    groups: { type: 'string' },
    /** 1000000 for the second size. */
    keys: { type: 'string' },
    /** Seconds of a round. */
    seconds: { type: 'string' },
    /** A file for the results, in place of the last line. */
    json: { type: 'string' },
    /** Some of: shapes, revocation, route, feast, engine. */
    only: { type: 'string' },
    /** Some of the shapes: 1x50,10x250. */
    shapes: { type: 'string' },
  },
})
const { quick } = options
const settings = {
  ...(quick
    ? { groups: 5, keys: 5_000, rounds: 3, seconds: 0.5, apiKeys: 20 }
    : { groups: 25, keys: 100_000, rounds: 5, seconds: 2, apiKeys: 100 }),
  ...(options.groups && { groups: Number(options.groups) }),
  ...(options.keys && { keys: Number(options.keys) }),
  ...(options.seconds && { seconds: Number(options.seconds) }),
}
const parts = new Set(
  options.only?.split(',') ??
    (quick ? ['shapes', 'revocation'] : ['shapes', 'revocation', 'route', 'feast', 'engine']),
)

/** The share of the limit that is to be reached; the largest request has no goal but to be one answer. */
const shapes = [
  { count: 1, width: 50, goal: 0.8 },
  { count: 1, width: 250, goal: 0.8 },
  { count: 10, width: 50, goal: 0.85 },
  { count: 10, width: 250, goal: 0.85 },
  { count: 100, width: 50, goal: 0.9 },
  { count: 100, width: 250, goal: 0.9 },
  { count: 500, width: 250, goal: null },
].filter(
  ({ count, width }) =>
    width <= settings.groups * 10 &&
    (!options.shapes || options.shapes.split(',').includes(`${count}x${width}`)),
)

async function startLimit(plans) {
  const child = fork(fileURLToPath(new URL('./lib/online-limit.mjs', import.meta.url)))
  child.send(plans)
  const [{ port }] = await once(child, 'message')
  return { port, stop: () => child.disconnect() }
}

async function measureShape(product, servers, shape, apiKeys) {
  const { keys, rounds, seconds } = settings
  await requireSameBytes(product, servers.limit, shape, { keys })
  const requests = requestsOf(shape, { keys, apiKeys, requests: shape.count > 100 ? 100 : 1000 })
  for (const server of Object.values(servers))
    await closedLoop(server, requests, { connections: 8, seconds: Math.min(1, seconds) })
  const results = []
  for (const connections of shape.count > 100 ? [1] : [1, 8]) {
    const measured = await compare(servers, requests, { rounds, seconds, connections })
    results.push({ shape: `${shape.count}×${shape.width}`, goal: shape.goal, ...measured })
  }
  return results
}

async function measureShapes(product, servers, apiKeys) {
  const results = []
  for (const shape of shapes) results.push(...(await measureShape(product, servers, shape, apiKeys)))
  return results
}

async function measure(product) {
  const { keys, rounds, seconds } = settings
  const services = await prepareOnline(product, settings)
  const apiKeys = await mintKeys(product, settings.apiKeys)
  const plans = await plansOf(product, services)
  const limit = await startLimit(plans)
  const servers = { product: { port: Number(new URL(product.origin).port) }, limit }
  const shape = { count: 1, width: 50 }
  const requests = requestsOf(shape, { keys, apiKeys })
  const { viewIds } = plans.services.bench_50
  const work = {
    shapes: () => measureShapes(product, servers, apiKeys),
    route: () => besideNext(product, plans, { keys, apiKeys, rounds, seconds, shape }),
    feast: () => besideFeast(servers.product, requests, { rounds, seconds }),
    engine: () => engineCeiling(product, viewIds, { keys, seconds: Math.max(1, Math.round(seconds * 2)) }),
    // Last: it leaves one key that is worth nothing.
    revocation: () => revokeUnderLoad(product, { keys, apiKeys }),
  }
  try {
    const results = {}
    for (const [name, run] of Object.entries(work)) if (parts.has(name)) results[name] = await run()
    return results
  } finally {
    limit.stop()
  }
}

const product = await startProduct('online')
try {
  const before = loadavg()
  const results = await measure(product)
  const machine = {
    processors: cpus().length,
    node: process.version,
    loadBefore: before,
    loadAfter: loadavg(),
  }
  const json = JSON.stringify({ settings, machine, ...results })
  if (options.json) writeFileSync(options.json, `${json}\n`)
  process.stdout.write(`${told(results)}\n${options.json ? '' : `\n${json}\n`}`)
} finally {
  await product.remove()
}
