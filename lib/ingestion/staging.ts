import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { uptime } from 'node:os'
import { dirname, join } from 'node:path'
import { env } from '@/lib/core/env'
import { stagingFolder, stagingPath, syncFolder } from '@/lib/offline'

export { stagingPath } from '@/lib/offline'

const ownName = /^ingest-(\d+)-/

/** Below ALMANAC_HOME, as commit_files names it. The names of a commit's files sort as its rows do. */
export const historyPath = (
  environment: string,
  group: string,
  major: number,
  commit: string,
  part = 0,
  parts = 1,
): string =>
  join(
    'offline',
    environment,
    group,
    `v${major}`,
    parts === 1 ? `${commit}.parquet` : `${commit}-${String(part).padStart(5, '0')}.parquet`,
  )

const flushCharacters = 256 * 1024

/** A text file that is written line by line with little memory. */
export interface StagedFile {
  path: string
  lines: number
  write: (line: string) => Promise<void> | undefined
  /** May be called again. */
  close: () => Promise<void>
}

export async function openStagedFile(extension: string): Promise<StagedFile> {
  const path = await stagingPath(extension)
  const handle = await open(path, 'wx')
  let waiting: string[] = []
  let characters = 0
  let isOpen = true
  const flush = async () => {
    const text = waiting.join('')
    waiting = []
    characters = 0
    if (text !== '') await handle.writeFile(text)
  }
  const file: StagedFile = {
    path,
    lines: 0,
    write: (line) => {
      file.lines++
      waiting.push(line)
      characters += line.length
      return characters > flushCharacters ? flush() : undefined
    },
    close: async () => {
      if (!isOpen) return
      isOpen = false
      await flush()
      await handle.close()
    },
  }
  return file
}

/** Writes a body as it is. */
export async function saveBody(bytes: AsyncIterable<Uint8Array>, extension: string): Promise<string> {
  const path = await stagingPath(extension)
  const handle = await open(path, 'wx')
  try {
    for await (const chunk of bytes) await handle.writeFile(chunk)
  } finally {
    await handle.close()
  }
  return path
}

export const removeFile = (path: string) => rm(path, { force: true })

interface Intent {
  commit: string
  destinations: string[]
}

export interface Move {
  from: string
  /** Below ALMANAC_HOME. */
  to: string
}

/**
 * Says which files a commit is about to bring, before it moves them: a crash leaves the intent, and the sweep asks the
 * database whether the commit happened. Returns how to move them and how to take the intent back.
 */
export async function announce(
  commit: string,
  moves: Move[],
): Promise<{ move: () => Promise<void>; done: () => Promise<void> }> {
  const path = await stagingPath('intent.json')
  const destinations = moves.map(({ to }) => to)
  await writeFile(path, JSON.stringify({ commit, destinations } satisfies Intent), { flush: true })
  const folders = [...new Set(destinations.map((to) => dirname(join(env().home, to))))]
  for (const folder of folders) await mkdir(folder, { recursive: true })
  return {
    move: async () => {
      for (const { from, to } of moves) await rename(from, join(env().home, to))
      for (const folder of folders) await syncFolder(folder)
    },
    done: () => removeFile(path),
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

const longestStagedMilliseconds = 24 * 60 * 60 * 1000

/** A process id says little: another process may have it by now. Files carry the machine's own time. */
async function isLeft(path: string, pid: number, atStart: boolean): Promise<boolean> {
  if (pid === process.pid ? atStart : !isAlive(pid)) return true
  const file = await stat(path).catch(() => null)
  if (!file) return false
  const age = Date.now() - file.mtimeMs
  return age > longestStagedMilliseconds || age > uptime() * 1000
}

/** A half-written intent comes from before anything was moved. */
async function readIntent(path: string): Promise<Intent | null> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Intent
  } catch {
    return null
  }
}

/**
 * Removes what processes left behind that died: staged files, and history files whose commit never happened.
 * At start, before this process ingests, what carries its own id is left over too. Returns how many files went.
 */
export async function sweepLeftovers(
  happened: (commit: string) => Promise<boolean>,
  atStart: boolean,
): Promise<number> {
  await mkdir(stagingFolder(), { recursive: true })
  let removed = 0
  for (const name of await readdir(stagingFolder())) {
    const pid = ownName.exec(name)?.[1]
    const path = join(stagingFolder(), name)
    if (!pid || !(await isLeft(path, Number(pid), atStart))) continue
    const intent = name.endsWith('.intent.json') ? await readIntent(path) : null
    if (intent && !(await happened(intent.commit))) {
      for (const destination of intent.destinations) await removeFile(join(env().home, destination))
      removed += intent.destinations.length
    }
    await rm(path, { force: true, recursive: true })
    removed++
  }
  return removed
}
