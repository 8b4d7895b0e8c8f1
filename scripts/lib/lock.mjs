import {
  existsSync,
  linkSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

const staleMilliseconds = 10 * 60_000
const heartbeatMilliseconds = 60_000
const free = 'free'

/** Whether a process with this id exists, whoever owns it. */
export function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

const turnFile = (file, turn) => `${file}.${turn}`

/** Turns that have a file, in order. A lock is a row of numbered files; the greatest number is the one that counts. */
function turnsOf(file) {
  const start = `${basename(file)}.`
  return readdirSync(dirname(file))
    .filter((name) => name.startsWith(start) && /^\d+$/.test(name.slice(start.length)))
    .map((name) => Number(name.slice(start.length)))
    .sort((a, b) => a - b)
}

/** The newest turn and whether somebody else may have the next one. No file at all is turn 0, which is free. */
export function lastTurn(file) {
  const turn = turnsOf(file).at(-1) ?? 0
  return { turn, isOpen: turn === 0 || isOver(turnFile(file, turn)) }
}

/** Freed, or its holder died (kill -9), or its id now belongs to a stranger and no heartbeat was left for long. */
function isOver(file) {
  try {
    const text = readFileSync(file, 'utf8')
    return text === free || !isAlive(Number(text)) || Date.now() - statSync(file).mtimeMs > staleMilliseconds
  } catch (error) {
    // Gone meanwhile: somebody has a greater turn.
    if (error.code === 'ENOENT') return false
    throw error
  }
}

/**
 * Takes the turn after `turn`; of all who saw that one end exactly one succeeds, since a file can be made once. Whoever
 * looked long ago finds a greater turn and steps back. Returns the file to hold, or null.
 */
export function takeTurn(file, turn) {
  const own = turnFile(file, turn + 1)
  const draft = `${file}-${process.pid}-${Math.random().toString(36).slice(2)}`
  // Linked with its text in it: nobody ever reads an empty one.
  writeFileSync(draft, String(process.pid), { mode: 0o644 })
  try {
    linkSync(draft, own)
  } catch (error) {
    if (error.code === 'EEXIST') return null
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
  const turns = turnsOf(file)
  if (turns.at(-1) !== turn + 1) {
    rmSync(own, { force: true })
    return null
  }
  for (const earlier of turns.slice(0, -1)) rmSync(turnFile(file, earlier), { force: true })
  return own
}

/** The greatest file stays, freed: without it an old look at the folder could be taken for a new one. */
function release(own) {
  writeFileSync(own, free)
}

/** Runs `work` while holding the lock `file`; waits for another living holder, tells once that it waits. */
export async function withLock(file, work, { waitSeconds = 120, onWait = () => {} } = {}) {
  const deadline = Date.now() + waitSeconds * 1000
  let told = false
  let own = null
  while (own === null) {
    const { turn, isOpen } = lastTurn(file)
    own = isOpen ? takeTurn(file, turn) : null
    if (own !== null || isOpen) continue
    if (Date.now() > deadline) {
      const held = turnFile(file, turn)
      throw new Error(
        `${held} is still held by process ${readFileSync(held, 'utf8')}. If that process is not a start of Almanac, delete the file.`,
      )
    }
    if (!told) onWait()
    told = true
    await wait(100)
  }
  const beat = setInterval(() => {
    // A file that somebody deleted by hand has no heart to beat.
    if (existsSync(own)) utimesSync(own, new Date(), new Date())
  }, heartbeatMilliseconds)
  beat.unref()
  try {
    return await work()
  } finally {
    clearInterval(beat)
    release(own)
  }
}
