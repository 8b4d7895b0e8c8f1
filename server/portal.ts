import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import next from 'next'
import { closeDatabase } from '@/db/client'
import { env } from '@/lib/core/env'
import { logger } from '@/lib/core/logger'
import { drainAfter } from './drain'
import { offerEncodings } from './encodings'
import { fastPaths } from './fast-paths'
import { longestHeadBytes, refuseConnection, refuseUnreadable } from './refuse'
import { services } from './services'

const keepAliveMilliseconds = 70_000
const uploadMilliseconds = 30 * 60_000
const drainMilliseconds = 15_000
const isDevelopment = process.env.ALMANAC_DEV === '1'

type Handler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>

/** Answers fast paths itself and leaves everything else to Next. In development Next answers all, freshly compiled. */
function dispatch(fallback: Handler): Handler {
  const table = new Map(fastPaths.map((fast) => [`${fast.method} ${fast.path}`, fast.handle]))
  return (request, response) => {
    // Replaces whatever the caller wrote there.
    request.headers['x-almanac-address'] = request.socket.remoteAddress ?? ''
    const url = request.url ?? '/'
    const query = url.indexOf('?')
    const path = query < 0 ? url : url.slice(0, query)
    const method = request.method === 'HEAD' ? 'GET' : request.method
    const fast = table.get(`${method} ${path}`)
    if (fast && !(isDevelopment && path.startsWith('/api/'))) return fast(request, response)
    drainAfter(request, response)
    if (refuseUnreadable(request, response, path)) return
    offerEncodings(request, response)
    return fallback(request, response)
  }
}

/** A handler that throws costs its caller an answer, never the process. */
function guard(handle: Handler): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    const refuse = (error: unknown) => {
      logger().error({ err: error, url: request.url }, 'a request failed outside its handler')
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' })
      response.end('Internal error\n')
    }
    try {
      handle(request, response)?.catch(refuse)
    } catch (error) {
      refuse(error)
    }
  }
}

async function listen(server: ReturnType<typeof createServer>, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port, host: process.env.HOST || undefined }, resolve)
  })
  const address = server.address()
  return address && typeof address === 'object' ? address.port : port
}

/** Stops accepting, lets running requests end, then ends the services and the database's connections. */
function stopper(
  server: ReturnType<typeof createServer>,
  stops: (() => Promise<void>)[],
  app: { close(): Promise<void> },
) {
  let stopping = false
  return async (reason: string) => {
    if (stopping) return process.exit(1)
    stopping = true
    logger().info({ reason }, 'stopping')
    const late = setTimeout(() => server.closeAllConnections(), drainMilliseconds)
    const drained = new Promise<void>((resolve) => server.close(() => resolve()))
    server.closeIdleConnections()
    await drained
    clearTimeout(late)
    await app.close()
    for (const stop of stops.reverse()) await stop()
    await closeDatabase()
    process.exit(0)
  }
}

async function startServices(): Promise<(() => Promise<void>)[]> {
  const stops: (() => Promise<void>)[] = []
  for (const { name, start } of services) {
    try {
      stops.push(await start())
    } catch (error) {
      throw new Error(`The service "${name}" did not start.`, { cause: error })
    }
  }
  return stops
}

async function main() {
  const server = createServer({
    keepAliveTimeout: keepAliveMilliseconds,
    requestTimeout: uploadMilliseconds,
    maxHeaderSize: longestHeadBytes,
  })
  const app = next({
    dev: isDevelopment,
    dir: process.cwd(),
    httpServer: server,
    // Next calls itself after a server action's redirect, with the caller's headers: it must know where it is.
    hostname: process.env.HOST || 'localhost',
    port: env().PORT,
  })
  await app.prepare()
  const stops = await startServices()

  const stop = stopper(server, stops, app)
  const end = (reason: string) =>
    void stop(reason).catch((error) => {
      logger().fatal({ err: error }, 'the portal could not stop in order')
      process.exit(1)
    })
  process.on('SIGTERM', () => end('SIGTERM'))
  process.on('SIGINT', () => end('SIGINT'))
  // The starter holds the other end of this channel: it closes when the starter dies, by kill -9 too.
  process.on('disconnect', () => end('the starter is gone'))

  server.on('request', guard(dispatch(app.getRequestHandler())))
  server.on('clientError', refuseConnection)
  const port = await listen(server, env().PORT)
  process.send?.({ ready: true, port })
}

main().catch((error) => {
  logger().fatal({ err: error }, 'the portal could not start')
  process.exit(error?.code === 'EADDRINUSE' ? 98 : 1)
})
