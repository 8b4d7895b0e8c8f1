import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { env } from '@/lib/core/env'
import { logger } from '@/lib/core/logger'
import { engineHealth, engineSocket } from './engine-client'

export interface EngineProcess {
  socket: string
  /** Ends the engine and waits until it is gone. */
  stop: () => Promise<void>
}

const startMilliseconds = 20_000
const longestPauseMilliseconds = 10_000

/** A Unix socket's path holds about 100 bytes, so it cannot lie in a home of any depth. */
function socketPath(home: string): string {
  const hash = createHash('sha256').update(home).digest('hex').slice(0, 12)
  return join(tmpdir(), `almanac-${hash}-${process.pid}.sock`)
}

/**
 * Starts the engine from its bundle and keeps it running: after a crash it starts again, with growing pauses. Resolves
 * when it answers. From then on this process's reads go to it. It ends with this process, also after kill -9.
 */
export async function startEngine(options: { bundle: string }): Promise<EngineProcess> {
  const socket = engineSocket().path ?? socketPath(env().home)
  let stopping = false
  let child: ChildProcess
  let pauseMilliseconds = 200

  const launch = () => {
    const startedAt = Date.now()
    child = spawn(process.execPath, ['--enable-source-maps', options.bundle], {
      env: {
        ...process.env,
        ALMANAC_HOME: env().home,
        ALMANAC_ENGINE_SOCKET: socket,
        // Each running query holds one thread of the pool; reads never take those of the product's own work.
        UV_THREADPOOL_SIZE: String(env().ALMANAC_ENGINE_READS + 7),
      },
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    child.once('exit', (code, signal) => {
      if (stopping) return
      if (Date.now() - startedAt > 60_000) pauseMilliseconds = 200
      logger().error({ code, signal, pauseMilliseconds }, 'the offline engine ended; starting it again')
      setTimeout(() => !stopping && launch(), pauseMilliseconds).unref()
      pauseMilliseconds = Math.min(pauseMilliseconds * 2, longestPauseMilliseconds)
    })
  }

  const end = () => child.kill('SIGKILL')
  process.once('exit', end)
  launch()
  engineSocket().path = socket
  await answering(socket)
  return {
    socket,
    stop: async () => {
      stopping = true
      process.off('exit', end)
      if (child.exitCode === null && child.signalCode === null) {
        const gone = new Promise((resolve) => child.once('exit', resolve))
        child.kill('SIGTERM')
        await gone
      }
    },
  }
}

/** Polls, because a socket that appears says nothing by itself. */
async function answering(socket: string): Promise<void> {
  const deadline = Date.now() + startMilliseconds
  for (;;) {
    if (existsSync(socket)) {
      const health = await engineHealth().catch(() => null)
      if (health) return
    }
    if (Date.now() > deadline)
      throw new Error(`The offline engine did not answer within ${startMilliseconds} ms.`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
