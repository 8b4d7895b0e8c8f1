import { table } from './statistics.mjs'

const whole = (value) => value.toFixed(0)
const two = (value) => value?.toFixed(2) ?? ''

function shapesTable(shapes) {
  const head = ['keys×features', 'connections', 'requests/s', 'limit', 'of the limit', 'goal', 'p50 ms']
  const rows = shapes.map((one) => [
    one.shape,
    one.connections,
    whole(one.product),
    whole(one.limit),
    two(one.share),
    two(one.goal),
    two(one.p50),
    two(one.p99),
    two(one.p99OfLimit),
    two(one.p99 && one.p99 / one.p99OfLimit),
  ])
  return table([[...head, 'p99 at half load', 'limit’s', 'times (goal 1.50)'], ...rows])
}

function routeTable({ shape, results }) {
  const rows = results.map((one) => [
    shape,
    one.connections,
    whole(one.plain),
    whole(one.fetched),
    whole(one.ready),
    two(one.ofFetched),
    two(one.ofReady),
    whole(one.portal),
    two(one.portalOfFetched),
  ])
  const head = ['route handler', 'connections', 'by Next alone', 'Next fetching', 'Next ready']
  const shares = ['of fetching (goal 0.90)', 'of ready', 'by the portal', 'of fetching']
  return table([[...head, ...shares], ...rows])
}

function feastTable(feast) {
  if (!feast) return 'Feast did not run: ALMANAC_BENCH_PYTHON names no Python that has it.'
  const rows = feast.results.map(({ connections, product, feast: peer, times }) => [
    '1×50',
    connections,
    whole(product),
    whole(peer),
    times.toFixed(1),
  ])
  return table([['keys×features', 'connections', 'requests/s', `Feast ${feast.version}`, 'times'], ...rows])
}

function engineTable(engine) {
  if (!engine) return 'pgbench did not run: there is none.'
  const rows = engine.results.map((one) => [
    one.connections,
    whole(one.accountsPerSecond),
    whole(one.rowsPerSecond),
  ])
  return table([['connections', `${engine.version} -S`, 'the rows of 1×50'], ...rows])
}

const revocationText = ({ others, servedBefore, servedAfter, refused, refusedAfterSeconds }) =>
  `Of the keys one was revoked under load: ${servedBefore} of its reads before, ${servedAfter} served after; ` +
  `refused after ${refusedAfterSeconds.toFixed(2)} s, ${refused} times. ${others} reads of the other keys, none refused.`

/** What was measured, for people; a part that did not run is left out. */
export function told({ shapes, revocation, route, feast, engine }) {
  return [
    shapes && shapesTable(shapes),
    revocation && revocationText(revocation),
    route && routeTable(route),
    feast !== undefined && feastTable(feast),
    engine !== undefined && engineTable(engine),
  ]
    .filter(Boolean)
    .join('\n\n')
}
