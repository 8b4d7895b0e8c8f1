import { closedLoop, fixedRate } from './load.mjs'
import { bodyOf, path } from './online-requests.mjs'
import { send } from './product.mjs'
import { median } from './statistics.mjs'

const withoutTime = (body) => body.toString().replace(/"served_at":"[^"]*"/, '')
const json = { 'content-type': 'application/json' }

/** Answers of product and limit to the same requests are the same bytes: other ones would make the comparison void. */
export async function requireSameBytes(product, limit, shape, { keys, times = 20 }) {
  for (let time = 0; time < times; time++) {
    const body = bodyOf(shape, keys)
    const call = (origin) => send({ ...product, origin }, 'POST', path, { headers: json, body })
    const [own, bare] = [await call(product.origin), await call(`http://127.0.0.1:${limit.port}`)]
    if (withoutTime(own.body) !== withoutTime(bare.body))
      throw new Error(`Product and limit answer ${shape.count}×${shape.width} differently: ${body}`)
  }
}

export function refuseFailures(run) {
  if (run.failed > 0) throw new Error(`${run.failed} requests were not answered with 200.`)
  return run
}

/** Each name once a round, first and last by turns, so that a machine that slows down slows all down. */
export async function inTurn(names, rounds, work) {
  const runs = Object.fromEntries(names.map((name) => [name, []]))
  for (let round = 0; round < rounds; round++) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) runs[name].push(await work(name))
  }
  return runs
}

export const of = (runs, part) => median(runs.map((run) => run[part]))

/** The median of the rounds' own ratios. */
export const ratio = (runs, others, part) => median(runs.map((run, round) => run[part] / others[round][part]))

/** Product and limit in turn, as fast as they can, and both at half of what the limit can. */
export async function compare(servers, requests, { rounds, seconds, connections }) {
  const names = ['product', 'limit']
  const runs = await inTurn(names, rounds, async (name) =>
    refuseFailures(await closedLoop(servers[name], requests, { connections, seconds })),
  )
  const perSecond = of(runs.limit, 'perSecond') / 2
  const calm = await inTurn(names, connections > 1 ? rounds : 0, async (name) =>
    refuseFailures(await fixedRate(servers[name], requests, { connections, perSecond, seconds })),
  )
  return {
    connections,
    product: of(runs.product, 'perSecond'),
    limit: of(runs.limit, 'perSecond'),
    share: ratio(runs.product, runs.limit, 'perSecond'),
    p50: of(runs.product, 'p50'),
    p99: connections > 1 ? of(calm.product, 'p99') : null,
    p99OfLimit: connections > 1 ? of(calm.limit, 'p99') : null,
  }
}
