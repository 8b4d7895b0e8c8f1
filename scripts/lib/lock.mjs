import { closeSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'

const staleMilliseconds = 10 * 60_000

/** Whether a process with this id exists, whoever owns it. */
export function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

function take(file) {
  try {
    const handle = openSync(file, 'wx', 0o644)
    writeSync(handle, String(process.pid))
    closeSync(handle)
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    return false
  }
}

/** The holder died (kill -9), or its id now belongs to a stranger and the lock is far older than any work under it. */
function isStale(file) {
  try {
    const holder = Number(readFileSync(file, 'utf8'))
    const ageMilliseconds = Date.now() - statSync(file).mtimeMs
    if (ageMilliseconds > staleMilliseconds) return true
    // An empty file is a holder between creating and writing it.
    return holder > 0 ? !isAlive(holder) : ageMilliseconds > 2_000
  } catch (error) {
    if (error.code === 'ENOENT') return false
    throw error
  }
}

/** Runs `work` while holding `file`; waits for another living holder, tells once that it waits. */
export async function withLock(file, work, { waitSeconds = 120, onWait = () => {} } = {}) {
  const deadline = Date.now() + waitSeconds * 1000
  let told = false
  while (!take(file)) {
    if (isStale(file)) {
      rmSync(file, { force: true })
      continue
    }
    if (Date.now() > deadline) {
      throw new Error(
        `${file} is still held by process ${readFileSync(file, 'utf8')}. If that process is not a start of Almanac, delete the file.`,
      )
    }
    if (!told) onWait()
    told = true
    await wait(100)
  }
  try {
    return await work()
  } finally {
    rmSync(file, { force: true })
  }
}
