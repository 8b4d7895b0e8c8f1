import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundleFolder, root } from '../../scripts/lib/paths.mjs'
import { startPostgres } from '../../scripts/lib/postgres.mjs'
import { program, runNode } from '../../scripts/lib/process.mjs'
import { closedLoop } from './load.mjs'
import { inTurn, of, ratio, refuseFailures } from './online-compare.mjs'
import { path, requestsOf } from './online-requests.mjs'
import { freePort } from './product.mjs'

/** A handler of Next's that reads the body, and sends the answer's bytes: fetched, or lying ready. */
const routeOf = (isFetched) => `
import postgres from 'postgres'
import { answerOf, rowsOf } from '../online-limit-answer.mjs'
const { url, services } = JSON.parse(process.env.BENCH_PLANS)
const sql = globalThis.benchSql ??= postgres(url, { max: 8, connection: { application_name: 'limit', TimeZone: 'UTC' } })
const ready = new Map()
export const dynamic = 'force-dynamic'
export async function POST(request) {
  const body = await request.json()
  const service = services[body.feature_service]
  const keys = body.entities.id.map(String)
  ${
    isFetched
      ? 'const answer = answerOf(service, keys, await rowsOf(sql, service, keys))'
      : 'const kind = service.name + keys.length\n  if (!ready.has(kind)) ready.set(kind, answerOf(service, keys, await rowsOf(sql, service, keys)))\n  const answer = ready.get(kind)'
  }
  return new Response(answer, { headers: { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(answer)) } })
}
`

/** `next start` in a folder that is built: { port, stop }. */
async function serveNext(folder, env) {
  const port = await freePort()
  const words = [program.next, 'start', folder, '-p', String(port), '-H', '127.0.0.1']
  const child = spawn(process.execPath, words.flat(), {
    cwd: root,
    env: { ...process.env, ...env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
    // Next serves in a child of its own: both are ended as a group.
    detached: true,
  })
  await new Promise((resolve, reject) => {
    child.stdout.on('data', (piece) => piece.includes('Ready') && resolve())
    child.once('exit', (code) => reject(new Error(`Next ended with code ${code}.`)))
  })
  const stop = async () => {
    process.kill(-child.pid, 'SIGTERM')
    await once(child, 'exit')
  }
  return { port, stop }
}

/** Builds and starts a Next of its own with the two handlers: { port, stop }. */
async function startHandlers(plans) {
  // In the clone, where its packages are found.
  const folder = join(bundleFolder, 'bench-next')
  rmSync(folder, { recursive: true, force: true })
  for (const [name, isFetched] of [
    ['fetched', true],
    ['ready', false],
  ]) {
    mkdirSync(join(folder, 'app', name), { recursive: true })
    writeFileSync(join(folder, 'app', name, 'route.js'), routeOf(isFetched))
  }
  cpSync(
    join(root, 'bench', 'lib', 'online-limit-answer.mjs'),
    join(folder, 'app', 'online-limit-answer.mjs'),
  )
  const config = { turbopack: { root }, serverExternalPackages: ['postgres'], agentRules: false }
  writeFileSync(join(folder, 'next.config.mjs'), `export default ${JSON.stringify(config)}\n`)
  writeFileSync(join(folder, 'package.json'), '{"type":"module","private":true}\n')
  const env = { NODE_ENV: 'production', BENCH_PLANS: JSON.stringify(plans), NEXT_TELEMETRY_DISABLED: '1' }
  const built = await runNode(program.next, ['build', folder], { env })
  if (built.code !== 0) throw new Error(`Next's own handler could not be built.\n${built.output}`)
  const { port, stop } = await serveNext(folder, env)
  return {
    port,
    stop: async () => {
      await stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The product's pages and routes by Next alone, on the database of an installation that runs. */
async function startPlain({ home }) {
  const { url } = await startPostgres({ home })
  const secret = readFileSync(join(home, 'run', 'session-secret'), 'utf8')
  return serveNext(root, {
    ALMANAC_HOME: home,
    DATABASE_URL: url,
    NEXTAUTH_SECRET: secret,
    LOG_LEVEL: 'warn',
  })
}

/**
 * The product's route handler and Next's own handlers in turn: served by Next alone, as theirs are (`plain`), and by
 * the portal, where a slash at the end of the address reaches it past the fast path (`portal`).
 */
export async function besideNext(product, plans, { keys, apiKeys, rounds, seconds, shape }) {
  const next = await startHandlers(plans)
  const plain = await startPlain(product)
  try {
    const at = { plain: path, portal: `${path}/`, fetched: '/fetched', ready: '/ready' }
    const own = Number(new URL(product.origin).port)
    const port = { plain: plain.port, portal: own, fetched: next.port, ready: next.port }
    const names = Object.keys(at)
    const results = []
    const requests = Object.fromEntries(
      names.map((name) => [name, requestsOf(shape, { keys, apiKeys, at: at[name] })]),
    )
    const run = async (name, connections, length) =>
      refuseFailures(await closedLoop({ port: port[name] }, requests[name], { connections, seconds: length }))
    for (const name of names) await run(name, 8, 1)
    for (const connections of [1, 8]) {
      const runs = await inTurn(names, rounds, (name) => run(name, connections, seconds))
      results.push({
        connections,
        plain: of(runs.plain, 'perSecond'),
        portal: of(runs.portal, 'perSecond'),
        fetched: of(runs.fetched, 'perSecond'),
        ready: of(runs.ready, 'perSecond'),
        ofFetched: ratio(runs.plain, runs.fetched, 'perSecond'),
        ofReady: ratio(runs.plain, runs.ready, 'perSecond'),
        portalOfFetched: ratio(runs.portal, runs.fetched, 'perSecond'),
      })
    }
    return { shape: `${shape.count}×${shape.width}`, results }
  } finally {
    await plain.stop()
    await next.stop()
  }
}
