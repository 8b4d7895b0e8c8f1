import { readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs'

const ofProduct = /(portal|engine)\.m?js$/

/** The product's processes of one installation, where the system tells (Linux): { portal, engine } → pid. */
export function processesOf(home) {
  const found = {}
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
      const name = ofProduct.exec(words.find((word) => ofProduct.test(word)) ?? '')?.[1]
      const own = readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`ALMANAC_HOME=${home}\0`)
      if (name && own && readlinkSync(`/proc/${pid}/exe`) !== '') found[name] = Number(pid)
    } catch {
      // A process that has ended, or somebody else's.
    }
  }
  return found
}

/**
 * Runs `work` and says how much memory a process held at most meanwhile, in MB; null where the system does not tell.
 * What it held before is in it: an allocator gives back late.
 */
export async function withPeak(pid, work) {
  let megabytes = null
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, '5')
    megabytes = 0
  } catch {
    // Not Linux, or not allowed.
  }
  const result = await work()
  if (megabytes === null) return { result, megabytes }
  const kilobytes = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return { result, megabytes: kilobytes ? Number(kilobytes) / 1024 : null }
}

const tick = 10

/** Milliseconds of processor that processes have had so far; null where the system does not tell. */
export function processorOf(pids) {
  try {
    return pids.reduce((sum, pid) => {
      // The name in brackets may hold anything; after it the fields are numbers, of which these are user and system.
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ')
      return sum + (Number(fields[11]) + Number(fields[12])) * tick
    }, 0)
  } catch {
    return null
  }
}
