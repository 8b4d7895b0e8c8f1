import { once } from 'node:events'
import { connect } from 'node:net'
import { percentile } from './statistics.mjs'

/** A request as the bytes that go over the wire. */
export function wireRequest({ host, path, key, body }) {
  const head = [
    `POST ${path} HTTP/1.1`,
    `host: ${host}`,
    `authorization: Bearer ${key}`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
  ]
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`)
}

const endOfHead = Buffer.from('\r\n\r\n')

const endOfChunks = Buffer.from('\r\n0\r\n\r\n')

/** Status and length of an answer, once its head is there; the length is null where it comes in chunks. */
function headOf(bytes) {
  const end = bytes.indexOf(endOfHead)
  if (end < 0) return null
  const head = bytes.toString('latin1', 0, end)
  const status = Number(head.slice(9, 12))
  const length = /\r\ncontent-length: (\d+)/i.exec(head)
  return { status, bytes: length ? end + 4 + Number(length[1]) : null }
}

const isWhole = (head, chunks, size) => {
  if (head.bytes !== null) return size >= head.bytes
  const last = chunks.at(-1)
  const tail = last.length < endOfChunks.length ? Buffer.concat(chunks) : last
  return tail.subarray(-endOfChunks.length).equals(endOfChunks)
}

/**
 * A keep-alive connection that carries one request at a time: ask(request) → status. By hand, since Node's own client
 * costs more than the servers that are measured here, on the same processors.
 */
async function openConnection({ port, host = '127.0.0.1' }) {
  const socket = connect({ port, host, noDelay: true })
  await once(socket, 'connect')
  let waiting = null
  let chunks = []
  let size = 0
  let head = null
  const finish = (error, status) => {
    const { resolve, reject } = waiting
    waiting = null
    chunks = []
    size = 0
    head = null
    error ? reject(error) : resolve(status)
  }
  socket.on('data', (chunk) => {
    chunks.push(chunk)
    size += chunk.length
    head ??= headOf(chunks.length === 1 ? chunk : Buffer.concat(chunks))
    if (head && isWhole(head, chunks, size)) finish(null, head.status)
  })
  socket.on('error', (error) => waiting && finish(error))
  socket.on('close', () => waiting && finish(new Error('The server closed the connection.')))
  return {
    ask: (bytes) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject }
        socket.write(bytes)
      }),
    close: () => socket.destroy(),
  }
}

const openAll = (server, connections) =>
  Promise.all(Array.from({ length: connections }, () => openConnection(server)))

const summary = (latencies, statuses, seconds) => ({
  perSecond: latencies.length / seconds,
  p50: percentile(latencies, 0.5),
  p99: percentile(latencies, 0.99),
  failed: [...statuses].filter(([status]) => status !== 200).reduce((sum, [, count]) => sum + count, 0),
})

const count = (statuses, status) => statuses.set(status, (statuses.get(status) ?? 0) + 1)

/**
 * As many requests as `connections` can ask one after the other: { perSecond, p50, p99, failed }, milliseconds.
 * `onAnswer` hears of each: { index, status, sentMs }.
 */
export async function closedLoop(server, requests, { connections, seconds, onAnswer = () => {} }) {
  const open = await openAll(server, connections)
  const latencies = []
  const statuses = new Map()
  const started = performance.now()
  const end = started + seconds * 1000
  let next = 0
  await Promise.all(
    open.map(async ({ ask }) => {
      for (let now = started; now < end; ) {
        const index = next++ % requests.length
        const status = await ask(requests[index])
        count(statuses, status)
        onAnswer({ index, status, sentMs: now })
        const after = performance.now()
        latencies.push(after - now)
        now = after
      }
    }),
  )
  const took = (performance.now() - started) / 1000
  for (const { close } of open) close()
  return summary(latencies, statuses, took)
}

/** Requests at a fixed rate, whether the server keeps up or not; waiting for a free connection counts as latency. */
export async function fixedRate(server, requests, { connections, perSecond, seconds }) {
  const idle = await openAll(server, connections)
  const open = [...idle]
  const due = []
  const latencies = []
  const statuses = new Map()
  const running = new Set()
  const send = (connection, at) => {
    const asked = connection.ask(requests[latencies.length % requests.length]).then((status) => {
      count(statuses, status)
      latencies.push(performance.now() - at)
      running.delete(asked)
      const waiting = due.shift()
      if (waiting === undefined) idle.push(connection)
      else send(connection, waiting)
    })
    running.add(asked)
  }
  const started = performance.now()
  const total = Math.floor(perSecond * seconds)
  for (let sent = 0; sent < total; ) {
    const now = performance.now()
    const wanted = Math.min(total, Math.floor(((now - started) / 1000) * perSecond))
    for (; sent < wanted; sent++) {
      const connection = idle.pop()
      connection ? send(connection, now) : due.push(now)
    }
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  while (running.size > 0) await Promise.all(running)
  for (const { close } of open) close()
  return summary(latencies, statuses, seconds)
}
