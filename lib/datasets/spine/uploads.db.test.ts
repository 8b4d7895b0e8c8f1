import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { Int64, Table, tableToIPC, Utf8, vectorFromArray } from 'apache-arrow'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { spineUploads } from '@/db/schema'
import { startEngineForTests } from '@/db/testing/engine'
import type { Context } from '@/lib/core/context'
import { env } from '@/lib/core/env'
import { bytesOf, ingest } from '@/lib/ingestion/testing'
import { getHistoricalFeatures } from '@/lib/offline'
import { registerFeatureGroup } from '@/lib/registry'
import { contextOf, groupBody, mintName, mintTeam, type TestTeam } from '@/lib/registry/testing'
import { deleteSpine, openKeptSpine, uploadSpine } from '..'

let engine: Awaited<ReturnType<typeof startEngineForTests>>
let team: TestTeam
let group: string
let me: Context
beforeAll(async () => {
  engine = await startEngineForTests()
  team = await mintTeam()
  me = contextOf(['producer'], team)
  group = (await registerFeatureGroup(sender(), groupBody())).name
  await ingest(sender(), group, [{ customer_id: 5, interaction_date: '2026-05-01', num_logins: 9 }])
})
afterAll(() => engine.stop())

const day = 86_400_000
const now = new Date('2026-06-01T00:00:00Z')
const sender = (at = now): Context => ({ ...me, now: () => at })

async function read(ctx: Context, spine: object): Promise<string> {
  const request = { spine, features: [`${group}:num_logins`] }
  const answer = await getHistoricalFeatures(ctx, {
    request,
    upload: null,
    openKept: openKeptSpine,
    format: 'csv',
  })
  return text(answer.stream)
}

const send = (ctx: Context, body: string | Uint8Array, contentType = 'text/csv') =>
  uploadSpine(ctx, { contentType, name: 'rows', bytes: bytesOf(body) })
const csv = 'customer_id,event_timestamp\n5,2026-05-02\n6,2026-05-02\n'
const expected =
  'customer_id,event_timestamp,num_logins\n5,2026-05-02T00:00:00.000000Z,9\n6,2026-05-02T00:00:00.000000Z,\n'

const fileOf = async (id: string) => {
  const rows = await db().select().from(spineUploads)
  return join(env().home, rows.find((row) => row.id === id)?.path ?? 'nothing')
}

describe('a spine that was sent ahead', () => {
  it('is read as often as its sender likes, as CSV and as Arrow', async () => {
    const sent = await send(sender(), csv)
    expect(sent).toMatchObject({ rows: 2, name: 'rows' })
    expect(await read(sender(), { upload: sent.upload })).toBe(expected)
    expect(await read(sender(), { upload: sent.upload })).toBe(expected)
    const table = new Table({
      customer_id: vectorFromArray([5n, 6n], new Int64()),
      event_timestamp: vectorFromArray(['2026-05-02', '2026-05-02'], new Utf8()),
    })
    const arrow = await send(sender(), tableToIPC(table, 'stream'), 'application/vnd.apache.arrow.stream')
    expect(await read(sender(), { upload: arrow.upload })).toBe(expected)
  })

  it('is its sender’s alone, and for a day', async () => {
    const { upload } = await send(sender(), csv)
    const other = contextOf(['producer'], team, { now: () => now })
    await expect(read(other, { upload })).rejects.toMatchObject({
      code: 'invalid',
      details: { errors: [{ pointer: '/spine/upload' }] },
    })
    await expect(deleteSpine(other, upload)).rejects.toMatchObject({ code: 'not_found' })
    await expect(read(sender(new Date(now.getTime() + day + 1)), { upload })).rejects.toMatchObject({
      code: 'invalid',
    })
    expect(await read(sender(), { upload })).toBe(expected)
  })

  it('is gone with its file when its sender removes it', async () => {
    const { upload } = await send(sender(), csv)
    const path = await fileOf(upload)
    expect(existsSync(path)).toBe(true)
    await deleteSpine(sender(), upload)
    expect(existsSync(path)).toBe(false)
    await expect(read(sender(), { upload })).rejects.toMatchObject({ code: 'invalid' })
    await expect(deleteSpine(sender(), upload)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('keeps every digit of its instants, and refuses times that do not fit a microsecond', async () => {
    const nanoseconds = await readFile(
      join(import.meta.dirname, '../../offline/duckdb/testing/nanoseconds.parquet'),
    )
    const named = await registerFeatureGroup(
      sender(),
      groupBody({
        primary_key: ['name'],
        entity: { name: mintName('named'), keys: [{ name: 'name', type: 'string' }] },
      }),
    )
    const { upload } = await send(sender(), nanoseconds, 'application/vnd.apache.parquet')
    const request = {
      spine: { upload },
      features: [`${named.name}:num_logins`],
      timestamp_column: 'with_zone',
    }
    const answer = getHistoricalFeatures(sender(), {
      request,
      upload: null,
      openKept: openKeptSpine,
      format: 'csv',
    })
    await expect(answer).rejects.toMatchObject({
      code: 'invalid',
      details: { errors: [{ row: 1, column: 'with_zone', rule: 'precision' }] },
    })
  })

  it('needs the right to read history or to build datasets, and either is enough', async () => {
    const { id, name, roles, teams } = me.actor
    const limits = { keyId: id, keyName: 'ci', environments: [], groups: [], expiresAt: null }
    const scoped = (scopes: string[]): Context => ({
      ...sender(),
      actor: { kind: 'apiKey', id, name, roles, teams, scopes, ...limits },
    })
    for (const scope of ['group:read_offline', 'dataset:create'] as const) {
      const { upload } = await send(scoped([scope]), csv)
      await deleteSpine(scoped([scope]), upload)
    }
    const refused = { code: 'forbidden' }
    await expect(send(scoped(['catalog:describe']), csv)).rejects.toMatchObject(refused)
    await expect(send(contextOf(['viewer']), csv)).rejects.toMatchObject(refused)
    await expect(deleteSpine(contextOf(['viewer']), 'x')).rejects.toMatchObject(refused)
  })

  it.each([
    ['a picture', 'image/png', csv, 'unsupported_media_type'],
    ['what is no Parquet', 'application/vnd.apache.parquet', csv, 'not_parseable'],
    ['what is no Arrow', 'application/vnd.apache.arrow.stream', csv, 'not_parseable'],
  ])('is refused when it is %s', async (_, type, body, code) => {
    await expect(send(sender(), body, type)).rejects.toMatchObject({ code })
  })
})
