import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { findFreePort } from '../../../scripts/lib/postgres-server.mjs'
import { httpClient, type Send } from './http'

const root = join(import.meta.dirname, '..', '..', '..')
const script = (name: string) => join(root, 'scripts', `${name}.mjs`)

export type Part = 'portal' | 'engine' | 'postgres'

interface Process {
  pid: number
  parent: number
  command: string
}

function processes(): Process[] {
  const listed = execFileSync('ps', ['-axo', 'pid=,ppid=,args='], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  return listed.split('\n').flatMap((line) => {
    const [, pid, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? []
    return pid && parent && command ? [{ pid: Number(pid), parent: Number(parent), command }] : []
  })
}

/** A whole product of its own: portal, engine and database in a folder that ends with it, started as a user would. */
export class Installation {
  readonly home: string
  readonly origin: string
  private starter: ChildProcess | null = null
  private told = ''

  private constructor(
    home: string,
    private readonly port: number,
    private readonly sample: 'small' | 'off',
  ) {
    this.home = home
    this.origin = `http://127.0.0.1:${port}`
  }

  static async create(name: string, sample: 'small' | 'off'): Promise<Installation> {
    const home = join(tmpdir(), `almanac-${name}-${process.pid}`)
    mkdirSync(home, { mode: 0o755 })
    return new Installation(home, await findFreePort(3300), sample)
  }

  private environment(): NodeJS.ProcessEnv {
    // A database that somebody gave to this machine is not for tests.
    const { DATABASE_URL, DATABASE_OWNER_URL, ...rest } = process.env
    return {
      ...rest,
      ALMANAC_HOME: this.home,
      PORT: String(this.port),
      ALMANAC_SAMPLE: this.sample,
      NODE_ENV: 'production',
      VITEST: undefined,
    }
  }

  /** Resolves when the portal answers. */
  async start(): Promise<void> {
    this.told = ''
    const starter = spawn(process.execPath, [script('start')], {
      cwd: root,
      env: this.environment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.starter = starter
    const ready = new Promise<void>((resolve, reject) => {
      const hear = (piece: Buffer) => {
        this.told += piece.toString('utf8')
        if (this.told.includes('Almanac is at')) resolve()
      }
      starter.stdout.on('data', hear)
      starter.stderr.on('data', hear)
      starter.once('exit', (code) => reject(new Error(`The start ended with code ${code}:\n${this.told}`)))
    })
    await ready
  }

  /** Ends the portal in order, or waits until what is left of a killed one is gone. */
  async stop(): Promise<void> {
    const { starter } = this
    if (!starter) return
    this.starter = null
    if (starter.exitCode !== null || starter.signalCode !== null) return
    const gone = once(starter, 'exit')
    starter.kill('SIGTERM')
    await gone
  }

  /** Resolves when the starter has noticed that its portal is gone. */
  async ended(): Promise<void> {
    const { starter } = this
    if (starter && starter.exitCode === null && starter.signalCode === null) await once(starter, 'exit')
    this.starter = null
  }

  pidOf(part: Part): number {
    if (part === 'postgres')
      return Number(readFileSync(join(this.home, 'pg', 'postmaster.pid'), 'utf8').split('\n')[0])
    const all = processes()
    const portal = all.find(({ parent }) => parent === this.starter?.pid)
    const found =
      part === 'portal'
        ? portal
        : all.find(({ parent, command }) => parent === portal?.pid && command.includes('engine'))
    if (!found) throw new Error(`The ${part} does not run.`)
    return found.pid
  }

  /** As a power cut would. */
  kill(part: Part): void {
    process.kill(this.pidOf(part), 'SIGKILL')
  }

  /** `npm run almanac -- …` on this installation; its standard output. */
  async almanac(...args: string[]): Promise<string> {
    const { stdout } = await promisify(execFile)(process.execPath, [script('almanac'), ...args], {
      cwd: root,
      env: this.environment(),
    })
    return stdout.trim()
  }

  client(key: string | null): Send {
    return httpClient(this.origin, key)
  }

  /** Everything that was said on standard output and error since the last start. */
  log(): string {
    return this.told
  }

  async remove(): Promise<void> {
    await this.stop()
    if (existsSync(join(this.home, 'pg'))) await this.almanac('database', 'stop')
    rmSync(this.home, { recursive: true, force: true })
  }
}
