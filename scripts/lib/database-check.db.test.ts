import postgres from 'postgres'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { checkDatabase } from './database-check.mjs'

const { adminUrl, ownerUrl, template } = inject('cluster')
const admin = postgres(adminUrl, { max: 1, onnotice: () => {} })
const role = 'own_role'
const password = 'p@ss/word'
const databases = { empty: 'own_empty', bare: 'own_bare', strange: 'own_strange', latin: 'own_latin' }

/** The cluster's address with another user, database or place. */
function addressOf(database: string, more: { user?: string; password?: string; port?: string } = {}) {
  const url = new URL(adminUrl)
  url.username = more.user ?? role
  url.password = encodeURIComponent(more.password ?? password)
  url.pathname = `/${database}`
  if (more.port) url.port = more.port
  return url.href
}

beforeAll(async () => {
  await admin.unsafe(`create role ${role} login password '${password}'`)
  await admin.unsafe(`create database ${databases.empty} owner ${role}`)
  await admin.unsafe(`create database ${databases.bare}`)
  await admin.unsafe(`create database ${databases.strange} owner ${role}`)
  await admin.unsafe(
    `create database ${databases.latin} owner ${role} encoding 'LATIN1' template template0 locale 'C' locale_provider 'libc'`,
  )
  const strange = postgres(addressOf(databases.strange), { max: 1 })
  await strange`create table people (id int)`
  await strange.end()
})

afterAll(async () => {
  for (const name of Object.values(databases)) await admin.unsafe(`drop database ${name} with (force)`)
  await admin.unsafe(`drop role ${role}`)
  await admin.end()
})

test('a database of one’s own will do, before the first start and after it', async () => {
  await checkDatabase(addressOf(databases.empty))
  const migrated = new URL(ownerUrl)
  migrated.pathname = `/${template}`
  await checkDatabase(migrated.href)
})

test('a role without rights will do where another one migrates', async () => {
  const empty = addressOf(databases.empty)
  const bare = addressOf(databases.bare)
  await expect(checkDatabase(bare)).rejects.toThrow(/may not create tables.*ALTER DATABASE "own_bare" OWNER/)
  await checkDatabase(empty, new URL(adminUrl).href.replace(/\/[^/]*$/, `/${databases.empty}`))
  await expect(checkDatabase(empty, bare)).rejects.toThrow('DATABASE_OWNER_URL: "own_role" may not')
})

test.each<[string, () => string, RegExp]>([
  ['no address', () => 'hello', /is not an address.*postgres:\/\/user:password@host/],
  ['another database', () => 'mysql://a:b@localhost/c', /begins with mysql:.*needs PostgreSQL/],
  ['a wrong password', () => addressOf('own_empty', { password: 'no' }), /authentication failed.*%40/s],
  [
    'a database that is not there',
    () => addressOf('own_none'),
    /CREATE DATABASE "own_none" OWNER "own_role"/,
  ],
  ['a port where nobody listens', () => addressOf('own_empty', { port: '1' }), /Start the server at .*:1/s],
  ['a database of something else', () => addressOf('own_strange'), /something else \(people\)/],
  ['an encoding that loses text', () => addressOf('own_latin'), /encoded in LATIN1/],
])('%s: says what to do', async (_, url, told) => {
  await expect(checkDatabase(url())).rejects.toThrow(told)
})
