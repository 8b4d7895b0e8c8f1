import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { auditLog, people } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { newId } from '@/lib/core/ids'
import { testActor, testContext } from '@/lib/identity/testing'
import { deleteDraft, deleteOldDrafts, getDraft, keepDraft } from '.'
import { mostDraftBytes, mostDrafts } from './operations'

const at = (ctx: Context, instant: string): Context => ({ ...ctx, now: () => new Date(instant) })
const start = '2026-06-01T10:00:00.000Z'
let person: Context
let other: Context

async function newPerson(role: 'viewer' | 'administrator' = 'viewer'): Promise<Context> {
  const ctx = testContext(await testActor({ role }))
  const { id, name } = ctx.actor
  await db()
    .insert(people)
    .values({ id, name, email: `${id}@example.test` })
    .onConflictDoNothing()
  return at(ctx, start)
}

beforeAll(async () => {
  person = await newPerson()
  other = await newPerson('administrator')
})

const none = { form: 'register', value: null, saved_at: null }

describe('a draft', () => {
  it('is there on every machine of its author, with each digit, and for nobody else', async () => {
    expect(await getDraft(person, 'register')).toEqual(none)
    const value = { name: 'route_delays\u0000', n: 12345678901234567890n, cells: ['a'] }
    const kept = await keepDraft(person, 'register', { value })
    expect(kept).toEqual({ form: 'register', saved_at: '2026-06-01T10:00:00.000000Z' })
    expect(await getDraft(person, 'register')).toEqual({ ...kept, value })
    expect(await getDraft(other, 'register')).toEqual(none)
    await deleteDraft(other, 'register')
    await keepDraft(at(person, '2026-06-01T11:00:00Z'), 'register', { value: 'newer' })
    expect(await getDraft(person, 'register')).toMatchObject({ value: 'newer' })
    await deleteDraft(person, 'register')
    await deleteDraft(person, 'register')
    expect(await getDraft(person, 'register')).toEqual(none)
    const told = await db()
      .select({ id: auditLog.id })
      .from(auditLog)
      .where(eq(auditLog.actorId, person.actor.id))
    expect(told).toEqual([])
  })

  it('is of people, not of keys', async () => {
    const key: Context['actor'] = {
      ...person.actor,
      kind: 'apiKey',
      keyId: newId(),
      keyName: 'loader',
      scopes: [],
      environments: [],
      groups: [],
      expiresAt: null,
    }
    await keepDraft(person, 'keyed', { value: 'mine' })
    for (const work of [
      getDraft,
      deleteDraft,
      (ctx: Context, form: string) => keepDraft(ctx, form, { value: 1 }),
    ])
      await expect(work({ ...person, actor: key }, 'keyed')).rejects.toMatchObject({ code: 'forbidden' })
    expect(await getDraft(person, 'keyed')).toMatchObject({ value: 'mine' })
  })

  it('has a size, and there are so many', async () => {
    const full = await newPerson()
    const text = 'x'.repeat(mostDraftBytes - 2)
    await keepDraft(full, 'large', { value: text })
    await expect(keepDraft(full, 'large', { value: `${text}é` })).rejects.toMatchObject({ code: 'too_large' })
    for (const body of [{}, { value: null }, { value: 1, by: 'x' }, 'text'])
      await expect(keepDraft(full, 'large', body)).rejects.toMatchObject({ code: 'invalid' })
    for (let n = 0; n < mostDrafts; n++)
      await keepDraft(at(full, new Date(Date.parse(start) + (n + 1) * 1000).toISOString()), `f${n}`, {
        value: n,
      })
    expect(await getDraft(full, 'large')).toMatchObject({ value: null })
    expect(await getDraft(full, 'f0')).toMatchObject({ value: 0 })
  })

  it('is forgotten after 30 days', async () => {
    await keepDraft(person, 'old', { value: 'x' })
    const last = at(person, '2026-07-01T10:00:00.000Z')
    expect(await getDraft(last, 'old')).toMatchObject({ value: 'x' })
    const after = at(person, '2026-07-01T10:00:00.001Z')
    expect(await getDraft(after, 'old')).toMatchObject({ value: null })
    await deleteOldDrafts(after.now())
    expect(await getDraft(person, 'old')).toMatchObject({ value: null })
  })
})
