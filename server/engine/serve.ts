import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import type { EngineHealth, EngineRequest } from '@/lib/offline/protocol'
import { busy, failureFrom, TooLong } from './failure'
import { Gate } from './gate'
import { type Rest, run } from './run'
import type { EngineSettings } from './settings'

const mostWaiting = 512

/** Every request passes `all`; those of the lane `read` first pass `reads`, which keeps places of `all` free. */
interface Gates {
  all: Gate
  reads: Gate
}

/** The engine's server; not yet listening. `onFatal` is called when the database serves no further query. */
export function createEngineServer(
  instance: DuckDBInstance,
  settings: EngineSettings,
  version: string,
  onFatal: (cause: unknown) => void,
): Server {
  const gates = {
    all: new Gate(settings.concurrency, mostWaiting),
    reads: new Gate(settings.reads, settings.readsWaiting),
  }
  const server = createServer((request, response) => {
    if (request.url === '/health') sendJson(response, 200, health(gates, version))
    else if (request.url === '/run' && request.method === 'POST') {
      handleRun(request, response, gates, instance, settings).catch((error: unknown) =>
        fail(response, error, onFatal),
      )
    } else sendJson(response, 404, { error: { kind: 'other', message: 'No such path' } })
  })
  // A large join may take longer than any time-out that suits the web.
  server.requestTimeout = 0
  server.timeout = 0
  return server
}

const health = ({ all, reads }: Gates, version: string): EngineHealth => ({
  pid: process.pid,
  running: all.runningCount,
  waiting: all.waitingCount,
  reads: { running: reads.runningCount, waiting: reads.waitingCount },
  residentBytes: process.memoryUsage.rss(),
  version,
})

async function handleRun(
  request: IncomingMessage,
  response: ServerResponse,
  { all, reads }: Gates,
  instance: DuckDBInstance,
  settings: EngineSettings,
): Promise<void> {
  const left = new AbortController()
  response.once('close', () => left.abort())
  const job: EngineRequest = JSON.parse(await text(request))
  const passed: Gate[] = []
  try {
    for (const gate of job.lane === 'read' ? [reads, all] : [all]) {
      if (!(await gate.enter(left.signal))) {
        if (!left.signal.aborted) sendJson(response, 503, busy)
        return
      }
      passed.push(gate)
    }
    const seconds = job.lane === 'read' ? settings.readSeconds : null
    const rest = await runBounded(instance, response, left.signal, seconds, (connection) =>
      run(connection, job, response, settings.scratch),
    )
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
