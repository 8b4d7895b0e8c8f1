import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import type { DuckDBInstance } from '@duckdb/node-api'
import type { EngineHealth, EngineRequest } from '@/lib/offline/protocol'
import { busy, failureFrom } from './failure'
import { Gate } from './gate'
import { run } from './run'
import type { EngineSettings } from './settings'

const mostWaiting = 512

/** The engine's server; not yet listening. `onFatal` is called when the database serves no further query. */
export function createEngineServer(
  instance: DuckDBInstance,
  settings: EngineSettings,
  version: string,
  onFatal: (cause: unknown) => void,
): Server {
  const gate = new Gate(settings.concurrency, mostWaiting)
  const server = createServer((request, response) => {
    if (request.url === '/health') sendJson(response, 200, health(gate, version))
    else if (request.url === '/run' && request.method === 'POST') {
      handleRun(request, response, gate, instance, settings.scratch).catch((error: unknown) =>
        fail(response, error, onFatal),
      )
    } else sendJson(response, 404, { error: { kind: 'other', message: 'No such path' } })
  })
  // A large join may take longer than any time-out that suits the web.
  server.requestTimeout = 0
  server.timeout = 0
  return server
}

const health = (gate: Gate, version: string): EngineHealth => ({
  pid: process.pid,
  running: gate.runningCount,
  waiting: gate.waitingCount,
  residentBytes: process.memoryUsage.rss(),
  version,
})

async function handleRun(
  request: IncomingMessage,
  response: ServerResponse,
  gate: Gate,
  instance: DuckDBInstance,
  scratch: string,
): Promise<void> {
  const left = new AbortController()
  response.once('close', () => left.abort())
  const job: EngineRequest = JSON.parse(await text(request))
  if (!(await gate.enter(left.signal))) {
    if (!left.signal.aborted) sendJson(response, 503, busy)
    return
  }
  try {
    const connection = await instance.connect()
    const interrupt = () => connection.interrupt()
    left.signal.addEventListener('abort', interrupt)
    try {
      if (!left.signal.aborted) await run(connection, job, response, scratch)
    } finally {
      left.signal.removeEventListener('abort', interrupt)
      connection.closeSync()
    }
  } finally {
    gate.leave()
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
