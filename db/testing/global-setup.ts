import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import type { TestProject } from 'vitest/node'
import { migrate } from '@/db/migrate'
import { bundle } from '@/scripts/lib/bundle.mjs'
import { startPostgres, stopPostgres } from '@/scripts/lib/postgres.mjs'
import { withDatabase } from './url'

declare module 'vitest' {
  export interface ProvidedContext {
    cluster: { home: string; adminUrl: string; ownerUrl: string; url: string; template: string }
  }
}

const prefix = 'almanac-test-'
const template = 'almanac_template'

/** A run that was killed leaves its server behind: the next one ends it. */
async function sweep() {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(prefix) || isAlive(Number(name.slice(prefix.length)))) continue
    const home = join(tmpdir(), name)
    await stopPostgres({ home })
    rmSync(home, { recursive: true, force: true })
  }
}

function isAlive(pid: number) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** One server of its own for the whole run; one migrated database that every test file gets a copy of. */
export default async function setup(project: TestProject) {
  await sweep()
  const home = join(tmpdir(), `${prefix}${process.pid}`)
  mkdirSync(home, { mode: 0o755 })
  const server = await startPostgres({
    home,
    // Nothing of a test outlives it, so nothing needs to reach the disk.
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' },
  })
  const admin = postgres(server.adminUrl, { max: 1 })
  await admin.unsafe(`create database ${template} owner almanac_owner`)
  await admin.end()
  await migrate({
    ownerUrl: withDatabase(server.ownerUrl, template),
    runtimeUrl: withDatabase(server.url, template),
  })
  await bundle(['engine'])
  const { adminUrl, ownerUrl, url } = server
  project.provide('cluster', { home, adminUrl, ownerUrl, url, template })

  return async () => {
    await stopPostgres({ home })
    rmSync(home, { recursive: true, force: true })
  }
}
