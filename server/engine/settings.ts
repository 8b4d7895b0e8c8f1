import { createRequire } from 'node:module'
import { cpus, totalmem } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { env } from '@/lib/core/env'

export interface EngineSettings {
  socket: string
  offline: string
  staging: string
  /** Spill files and answers on their way out; swept when the process is gone. */
  scratch: string
  /** Further folders that may be read: sources, training datasets, the sample's package. */
  readable: string[]
  threads: number
  memoryBytes: number
  /** What is counted in the background holds less, so that it adds little to what runs beside it. */
  countingBytes: number
  /** Requests that run at once; the others wait. */
  concurrency: number
  /** Of these, reads of callers; more than `readsWaiting` others are refused. */
  reads: number
  readsWaiting: number
  readSeconds: number
  nice: number
}

const gibibyte = 1024 ** 3

/** From the environment that the supervisor gave: ALMANAC_HOME and ALMANAC_ENGINE_SOCKET, both absolute, and limits. */
export function engineSettings(): EngineSettings {
  const home = required('ALMANAC_HOME')
  const staging = join(home, 'staging')
  const limits = env()
  const memoryBytes = limits.ALMANAC_ENGINE_MEMORY_MIB
    ? limits.ALMANAC_ENGINE_MEMORY_MIB * 1024 ** 2
    : Math.min(4 * gibibyte, Math.floor(totalmem() / 2))
  // A query holds a thread of libuv's pool while it runs; one stays free for sending files.
  const poolThreads = Number(process.env.UV_THREADPOOL_SIZE ?? 4)
  return {
    socket: required('ALMANAC_ENGINE_SOCKET'),
    offline: join(home, 'offline'),
    staging,
    scratch: join(resolve(limits.ALMANAC_ENGINE_TEMP ?? staging), `engine-${process.pid}`),
    readable: [join(home, 'sources'), join(home, 'datasets'), ...sampleFolders()],
    threads: limits.ALMANAC_ENGINE_THREADS ?? Math.max(1, cpus().length),
    memoryBytes,
    countingBytes: Math.min(gibibyte / 4, memoryBytes),
    concurrency: Math.max(1, poolThreads - 1),
    reads: limits.ALMANAC_ENGINE_READS,
    readsWaiting: limits.ALMANAC_ENGINE_READS_WAITING,
    readSeconds: limits.ALMANAC_ENGINE_READ_SECONDS,
    nice: limits.ALMANAC_ENGINE_NICE,
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
