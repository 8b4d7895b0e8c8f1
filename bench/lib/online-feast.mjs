import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { root } from '../../scripts/lib/paths.mjs'
import { closedLoop, wireRequest } from './load.mjs'
import { inTurn, of, ratio, refuseFailures } from './online-compare.mjs'

/** Fewer keys than the product has: Feast's own writing of more takes minutes, and fewer are no harder to read. */
const feastKeys = 2_000
const references = Array.from({ length: 5 }, (_, group) =>
  Array.from({ length: 10 }, (_, feature) => `bench_0${group}:f${feature}`),
).flat()

/** Feast's feature server in the Python that ALMANAC_BENCH_PYTHON names: { port, version, stop }; null without one. */
async function startFeast() {
  const python = process.env.ALMANAC_BENCH_PYTHON
  if (!python) return null
  const script = join(root, 'bench', 'peers', 'feast_server.py')
  const child = spawn(python, ['-W', 'ignore', script, String(feastKeys)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const { value, done } = await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next()
  if (done) throw new Error('Feast’s server did not start.')
  return { ...JSON.parse(value), stop: () => child.stdin.end() }
}

/** Reads of one key and fifty features, one key in three nobody's. */
const feastRequests = (count) =>
  Array.from({ length: count }, () =>
    wireRequest({
      host: 'bench',
      path: '/get-online-features',
      key: 'none',
      body: JSON.stringify({
        features: references,
        entities: { id: [Math.floor(Math.random() * feastKeys * 1.5)] },
        full_feature_names: true,
      }),
    }),
  )

/** 1×50 of the product and of Feast's server in turn; null without Feast. */
export async function besideFeast(product, requests, { rounds, seconds }) {
  const feast = await startFeast()
  if (!feast) return null
  const servers = { product, feast }
  const asked = { product: requests, feast: feastRequests(requests.length) }
  try {
    const results = []
    for (const connections of [1, 8]) {
      const run = async (name) =>
        refuseFailures(await closedLoop(servers[name], asked[name], { connections, seconds }))
      await run('feast')
      const runs = await inTurn(['product', 'feast'], rounds, run)
      results.push({
        connections,
        product: of(runs.product, 'perSecond'),
        feast: of(runs.feast, 'perSecond'),
        times: ratio(runs.product, runs.feast, 'perSecond'),
      })
    }
    return { version: feast.version, results }
  } finally {
    feast.stop()
  }
}
