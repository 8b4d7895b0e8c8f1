import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { setPriority } from 'node:os'
import { dirname, join } from 'node:path'
import { version } from '@duckdb/node-api'
import { openDatabases } from './engine/database'
import { createEngineServer } from './engine/serve'
import { type EngineSettings, engineSettings } from './engine/settings'

const scratchName = /^engine-(\d+)$/

/** Folders of engines that were killed: nobody reads them any more. */
function sweepScratch({ scratch }: EngineSettings): void {
  const folder = dirname(scratch)
  for (const name of readdirSync(folder)) {
    const pid = scratchName.exec(name)?.[1]
    if (pid && !isAlive(Number(pid))) rmSync(join(folder, name), { recursive: true, force: true })
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

/** An engine whose parent is gone serves nobody: a kill -9 of the parent leaves no other sign. */
function watchParent(leave: () => void): void {
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) leave()
  }, 500).unref()
}

async function main() {
  const settings = engineSettings()
  for (const folder of [settings.offline, settings.staging, settings.scratch])
    mkdirSync(folder, { recursive: true })
  sweepScratch(settings)
  // Before the first thread of the database: each one inherits it.
  setPriority(settings.nice)
  const databases = await openDatabases(settings)
  const leave = (code = 0) => {
    rmSync(settings.socket, { force: true })
    rmSync(settings.scratch, { recursive: true, force: true })
    process.exit(code)
  }
  // After a fatal error DuckDB refuses everything: only a new process serves again.
  const server = createEngineServer(databases, settings, version(), (cause) => {
    process.stderr.write(`engine: ${cause instanceof Error ? cause.stack : String(cause)}\n`)
    leave(1)
  })
  watchParent(() => leave())
  process.once('SIGTERM', () => leave())
  // Ctrl-C reaches the whole foreground group; the parent decides when the engine ends.
  process.on('SIGINT', () => {})
  rmSync(settings.socket, { force: true })
  server.listen(settings.socket, () => process.send?.('ready'))
}

main().catch((error: unknown) => {
  process.stderr.write(`engine: ${error instanceof Error ? error.stack : String(error)}\n`)
  process.exit(1)
})
