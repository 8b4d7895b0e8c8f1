import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { root } from '../../scripts/lib/paths.mjs'
import { stopPostgres } from '../../scripts/lib/postgres.mjs'

const script = (name) => join(root, 'scripts', `${name}.mjs`)

/** A port of this machine that nobody listens on. */
export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  return port
}

/**
 * One that runs already, when ALMANAC_BENCH_ORIGIN, _KEY and _HOME name it; else a product of its own, started as a
 * user would, without the sample, in a folder that ends with it: { origin, home, key, remove }.
 */
export async function startProduct(name) {
  const { ALMANAC_BENCH_ORIGIN: origin, ALMANAC_BENCH_KEY: key, ALMANAC_BENCH_HOME: home } = process.env
  if (origin && key && home) return { origin, key, home, remove: async () => {} }
  const own = join(tmpdir(), `almanac-${name}-${process.pid}`)
  mkdirSync(own, { mode: 0o755 })
  const port = await freePort()
  const { DATABASE_URL, DATABASE_OWNER_URL, ...rest } = process.env
  const env = {
    ...rest,
    ALMANAC_HOME: own,
    PORT: String(port),
    ALMANAC_SAMPLE: 'off',
    LOG_LEVEL: 'warn',
    NODE_ENV: 'production',
  }
  const starter = spawn(process.execPath, [script('start')], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let told = ''
  await new Promise((resolve, reject) => {
    starter.stdout.on('data', (piece) => {
      told += piece
      if (told.includes('Almanac is at')) resolve()
    })
    starter.once('exit', (code) => reject(new Error(`The start ended with code ${code}:\n${told}`)))
  })
  const almanac = async (...args) =>
    (
      await promisify(execFile)(process.execPath, [script('almanac'), ...args], { cwd: root, env })
    ).stdout.trim()
  return {
    origin: `http://127.0.0.1:${port}`,
    home: own,
    key: await almanac('key', 'create', '--name', 'bench', '--role', 'administrator'),
    remove: async () => {
      starter.kill('SIGTERM')
      await once(starter, 'exit')
      await stopPostgres({ home: own })
      rmSync(own, { recursive: true, force: true })
    },
  }
}

/**
 * One request to the last byte: { status, milliseconds, firstByte, body }. `into` takes the bytes of an answer that is
 * good, which then has no body.
 */
export async function send({ origin, key }, method, path, { headers = {}, body, pieces, into } = {}) {
  const started = performance.now()
  const call = request(`${origin}${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, ...headers },
  })
  const answered = once(call, 'response')
  if (pieces) await pipeline(pieces, call)
  else call.end(body)
  const [response] = await answered
  let firstByte = null
  response.once('data', () => {
    firstByte = performance.now() - started
  })
  const chunks = []
  const isGood = response.statusCode < 300
  if (into && isGood) await pipeline(response, into)
  else for await (const chunk of response) chunks.push(chunk)
  const answer = {
    status: response.statusCode,
    milliseconds: performance.now() - started,
    firstByte,
    body: Buffer.concat(chunks),
  }
  if (!isGood) throw new Error(`${method} ${path}: ${answer.status} ${answer.body.toString().slice(0, 1000)}`)
  return answer
}

export const sendJson = async (product, method, path, value) => {
  const headers = { 'content-type': 'application/json' }
  const { body } = await send(product, method, path, { headers, body: JSON.stringify(value) })
  return body.length > 0 ? JSON.parse(body.toString()) : null
}
