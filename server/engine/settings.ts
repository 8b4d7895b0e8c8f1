import { createRequire } from 'node:module'
import { cpus, totalmem } from 'node:os'
import { dirname, join } from 'node:path'

export interface EngineSettings {
  socket: string
  offline: string
  staging: string
  /** Spill files and answers on their way out; swept when the process is gone. */
  scratch: string
  /** Folders beside the home that may be read. */
  readable: string[]
  threads: number
  memoryBytes: number
  /** Requests that run at once; the others wait. */
  concurrency: number
}

const gibibyte = 1024 ** 3

/** From the environment that the supervisor gave: ALMANAC_HOME and ALMANAC_ENGINE_SOCKET, both absolute. */
export function engineSettings(): EngineSettings {
  const home = required('ALMANAC_HOME')
  const staging = join(home, 'staging')
  // A query holds a thread of libuv's pool while it runs; one stays free for sending files.
  const poolThreads = Number(process.env.UV_THREADPOOL_SIZE ?? 4)
  return {
    socket: required('ALMANAC_ENGINE_SOCKET'),
    offline: join(home, 'offline'),
    staging,
    scratch: join(staging, `engine-${process.pid}`),
    readable: [join(home, 'sources'), ...sampleFolders()],
    threads: Math.max(1, cpus().length),
    memoryBytes: Math.min(4 * gibibyte, Math.floor(totalmem() / 2)),
    concurrency: Math.max(1, poolThreads - 1),
  }
}

function required(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`The engine needs ${name}.`)
  return value
}

/** The sample's files come with a package; an installation without it has no sample. */
function sampleFolders(): string[] {
  try {
    return [dirname(createRequire(import.meta.url).resolve('vega-datasets/package.json'))]
  } catch {
    return []
  }
}
