import { desc, eq } from 'drizzle-orm'
import { afterAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { closeDatabase, db, sql, withTransaction } from '@/db/client'
import { auditLog } from '@/db/schema'
import { testActor, testContext } from '@/lib/identity/testing'
import {
  defineSetting,
  getSetting,
  knownSetting,
  listSettings,
  readSetting,
  stopHearingSettings,
  updateSetting,
} from '.'

const grace = defineSetting({
  key: 'test.grace_days',
  schema: z.int().min(0).max(90),
  fallback: 14,
  about: 'Days that a test waits.',
})
const words = defineSetting({ key: 'test.words', schema: z.array(z.string()).nullable(), fallback: null })
const all = [words, grace]

const administrator = async () => testContext(await testActor({ role: 'administrator' }))

const codeOf = async (work: Promise<unknown>) => {
  try {
    await work
    return 'done'
  } catch (error) {
    return (error as { code?: string }).code
  }
}

afterAll(async () => {
  await stopHearingSettings()
  await closeDatabase()
})

describe('settings', () => {
  it('hold their default, then what was set, then the default again', async () => {
    const ctx = await administrator()
    expect(await readSetting(db(), grace)).toBe(14)
    const before = await getSetting(ctx, all, grace.key)
    expect(before).toMatchObject({ value: 14, default: 14, is_default: true, updated_by: null })
    const changed = await updateSetting(ctx, all, grace.key, { value: 3 }, before.etag)
    expect(changed).toMatchObject({ value: 3, is_default: false, updated_by: ctx.actor.name })
    expect(await readSetting(db(), grace)).toBe(3)
    await updateSetting(ctx, all, grace.key, { value: null }, changed.etag)
    expect(await readSetting(db(), grace)).toBe(14)
    const { data } = await listSettings(ctx, all)
    expect(data.map(({ key, value }) => [key, value])).toEqual([
      ['test.grace_days', 14],
      ['test.words', null],
    ])
  })

  it('are held to their schema and to what their author read', async () => {
    const ctx = await administrator()
    const { etag } = await getSetting(ctx, all, grace.key)
    const change = (value: unknown, ifMatch: string | null) =>
      codeOf(updateSetting(ctx, all, grace.key, { value }, ifMatch))
    expect(await change(91, etag)).toBe('invalid')
    expect(await codeOf(updateSetting(ctx, all, grace.key, {}, etag))).toBe('invalid')
    expect(await change(7, null)).toBe('precondition_required')
    expect(await change(7, '"9999"')).toBe('precondition_failed')
    expect(await codeOf(updateSetting(ctx, all, 'test.unknown', { value: 1 }, '*'))).toBe('not_found')
    expect(await codeOf(getSetting(ctx, all, 'test.unknown'))).toBe('not_found')
  })

  it('let one of two writers through who read the same', async () => {
    const ctx = await administrator()
    const { etag } = await getSetting(ctx, all, words.key)
    const outcomes = await Promise.all(
      [['a'], ['b']].map((value) => codeOf(updateSetting(ctx, all, words.key, { value }, etag))),
    )
    expect(outcomes.sort()).toEqual(['done', 'precondition_failed'])
  })

  it('are set by administrators, read by all, and every change is a row with its reason', async () => {
    const producer = testContext(await testActor({ role: 'producer', team: 'flights' }))
    expect(await codeOf(updateSetting(producer, all, grace.key, { value: 1 }, '*'))).toBe('forbidden')
    expect((await getSetting(producer, all, grace.key)).key).toBe(grace.key)
    const ctx = await administrator()
    await updateSetting(ctx, all, grace.key, { value: 21, reason: 'Longer holidays.' }, '*')
    const [row] = await db()
      .select()
      .from(auditLog)
      .where(eq(auditLog.actorId, ctx.actor.id))
      .orderBy(desc(auditLog.time))
    expect(row).toMatchObject({
      action: 'settings:manage',
      resourceName: grace.key,
      reason: 'Longer holidays.',
      after: 21,
    })
  })

  it('reach what another process keeps of them', async () => {
    const ctx = await administrator()
    await updateSetting(ctx, all, grace.key, { value: 30 }, '*')
    expect(await knownSetting(grace)).toBe(30)
    // As another process would: the row and the message, and nothing of this process told.
    await withTransaction(async (tx) => {
      await tx.execute("update organisation_settings set value = '31' where key = 'test.grace_days'")
      await tx.execute("select pg_notify('almanac_settings', 'test.grace_days')")
    })
    await expect.poll(() => knownSetting(grace), { timeout: 3_000 }).toBe(31)
  })

  it('that no longer fit their schema count as not set', async () => {
    await sql()`update organisation_settings set value = '"soon"' where key = ${grace.key}`
    expect(await readSetting(db(), grace)).toBe(14)
  })
})
