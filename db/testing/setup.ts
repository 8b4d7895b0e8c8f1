import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterAll, inject } from 'vitest'
import { closeDatabase } from '@/db/client'
import { withDatabase } from './url'

/** Before each test file's imports: a database and a home of its own, and the environment that names them. */
const { home, adminUrl, ownerUrl, url, template } = inject('cluster')
const name = `test_${process.pid}_${Date.now()}`

async function asAdmin(statement: string) {
  const admin = postgres(adminUrl, { max: 1, onnotice: () => {} })
  try {
    await admin.unsafe(statement)
  } finally {
    await admin.end()
  }
}

await asAdmin(`create database ${name} template ${template} owner almanac_owner`)

process.env.DATABASE_URL = withDatabase(url, name)
process.env.DATABASE_OWNER_URL = withDatabase(ownerUrl, name)
process.env.ALMANAC_HOME = join(home, name)
process.env.ALMANAC_ENGINE_SOCKET = join(home, `${name}.sock`)
process.env.LOG_LEVEL ??= 'warn'
mkdirSync(process.env.ALMANAC_HOME, { recursive: true })

afterAll(async () => {
  await closeDatabase()
  await asAdmin(`drop database ${name} with (force)`)
})
