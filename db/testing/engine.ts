import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { bundlePath } from '@/scripts/lib/bundle.mjs'

const startMilliseconds = 20_000

const answers = (socket: string) =>
  new Promise<boolean>((resolve) => {
    if (!existsSync(socket)) return resolve(false)
    const probe = connect(socket, () => resolve(probe.end() !== undefined))
    probe.once('error', () => resolve(false))
  })

/**
 * The real engine process for this test file, on the file's own ALMANAC_HOME and ALMANAC_ENGINE_SOCKET.
 * Call it in beforeAll and `stop` in afterAll; `kill` is a kill -9.
 */
export async function startEngineForTests(): Promise<{
  stop: () => Promise<void>
  kill: () => Promise<void>
}> {
  const socket = process.env.ALMANAC_ENGINE_SOCKET
  if (!socket) throw new Error('The engine is started from tests of the project "db" alone.')
  const child = spawn(process.execPath, ['--enable-source-maps', bundlePath('engine')], {
    env: process.env,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const end = (signal: NodeJS.Signals) => async () => {
    child.kill(signal)
    await exited
  }
  const deadline = Date.now() + startMilliseconds
  while (!(await answers(socket))) {
    if (child.exitCode !== null) throw new Error(`The engine ended at once with code ${child.exitCode}.`)
    if (Date.now() > deadline) {
      await end('SIGKILL')()
      throw new Error(`The engine did not listen on ${socket} within ${startMilliseconds} ms.`)
    }
    await wait(25)
  }
  return { stop: end('SIGTERM'), kill: end('SIGKILL') }
}
