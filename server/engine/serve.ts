import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import type { EngineHealth, EngineRequest } from '@/lib/offline/protocol'
import type { Databases } from './database'
import { busy, failureFrom, TooLong } from './failure'
import { Gate } from './gate'
import { type Rest, run } from './run'
import type { EngineSettings } from './settings'

const mostWaiting = 512

/** Every request passes `all`; those of a lane first pass its own gate, which keeps places of `all` free. */
interface Gates {
  all: Gate
  read: Gate
  count: Gate
}

/** Few share the little memory of the counting. */
const mostCounting = 2

/** The engine's server; not yet listening. `onFatal` is called when the database serves no further query. */
export function createEngineServer(
  databases: Databases,
  settings: EngineSettings,
  version: string,
  onFatal: (cause: unknown) => void,
): Server {
  const gates = {
    all: new Gate(settings.concurrency, mostWaiting),
    read: new Gate(settings.reads, settings.readsWaiting),
    count: new Gate(mostCounting, mostWaiting),
  }
  const server = createServer((request, response) => {
    if (request.url === '/health') sendJson(response, 200, health(gates, version))
    else if (request.url === '/run' && request.method === 'POST') {
      handleRun(request, response, gates, databases, settings).catch((error: unknown) =>
        fail(response, error, onFatal),
      )
    } else sendJson(response, 404, { error: { kind: 'other', message: 'No such path' } })
  })
  // A large join may take longer than any time-out that suits the web.
  server.requestTimeout = 0
  server.timeout = 0
  return server
}

const health = ({ all, read }: Gates, version: string): EngineHealth => ({
  pid: process.pid,
  running: all.runningCount,
  waiting: all.waitingCount,
  reads: { running: read.runningCount, waiting: read.waitingCount },
  residentBytes: process.memoryUsage.rss(),
  version,
})

async function handleRun(
  request: IncomingMessage,
  response: ServerResponse,
  gates: Gates,
  databases: Databases,
  settings: EngineSettings,
): Promise<void> {
  const left = new AbortController()
  response.once('close', () => left.abort())
  const job: EngineRequest = JSON.parse(await text(request))
  const passed: Gate[] = []
  try {
    for (const gate of job.lane ? [gates[job.lane], gates.all] : [gates.all]) {
      if (!(await gate.enter(left.signal))) {
        if (!left.signal.aborted) sendJson(response, 503, busy)
        return
      }
      passed.push(gate)
    }
    const seconds = job.lane === 'read' ? settings.readSeconds : null
    const work = (connection: DuckDBConnection) => run(connection, job, response, settings.scratch)
    const rest =
      job.lane === 'count'
        ? await runCounting(databases, response, left.signal, work)
        : await runBounded(databases.main, response, left.signal, seconds, work)
    // A file on its way out needs no place any more, however slow its reader is.
    for (const gate of passed.splice(0)) gate.leave()
    await rest?.()
  } finally {
    for (const gate of passed) gate.leave()
  }
}

/** A connection for one request, whose statement is interrupted when the reader leaves or its time is over. */
async function runBounded(
  instance: DuckDBInstance,
  response: ServerResponse,
  left: AbortSignal,
  seconds: number | null,
  work: (connection: DuckDBConnection) => Promise<Rest>,
): Promise<Rest> {
  if (left.aborted) return null
  const connection = await instance.connect()
  const interrupt = () => connection.interrupt()
  let isLate = false
  const timer =
    seconds === null
      ? undefined
      : setTimeout(() => {
          isLate = true
          interrupt()
          // Whoever reads too slowly keeps no statement running that could be interrupted.
          if (response.headersSent) response.destroy()
        }, seconds * 1000)
  left.addEventListener('abort', interrupt)
  try {
    return await work(connection)
  } catch (error) {
    throw isLate ? new TooLong(seconds ?? 0) : error
  } finally {
    clearTimeout(timer)
    left.removeEventListener('abort', interrupt)
    connection.closeSync()
  }
}

/** A count for which the little memory is too little even with spilling is done where there is more. */
async function runCounting(
  databases: Databases,
  response: ServerResponse,
  left: AbortSignal,
  work: (connection: DuckDBConnection) => Promise<Rest>,
): Promise<Rest> {
  try {
    return await runBounded(await databases.counting(), response, left, null, work)
  } catch (error) {
    if (failureFrom(error).error.kind !== 'out_of_memory' || response.headersSent) throw error
    return runBounded(databases.main, response, left, null, work)
  }
}

/** Before the first byte a failure is an answer; after it only a broken connection is honest. */
function fail(response: ServerResponse, error: unknown, onFatal: (cause: unknown) => void): void {
  const failure = failureFrom(error)
  if (failure.error.kind === 'fatal') {
    if (response.closed) onFatal(error)
    else response.once('close', () => onFatal(error))
  }
  if (response.headersSent) response.destroy()
  else sendJson(response, 500, failure)
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  if (response.destroyed) return
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
