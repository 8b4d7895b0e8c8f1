import { and, eq } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { auditLog, catalogDocuments } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { testActor, testContext } from '@/lib/identity/testing'
import { followAsset, listNotifications, notify } from '@/lib/notify'
import { listNotificationsQuery } from '@/lib/notify/operations'
import { registerFeatureGroup } from '@/lib/registry'
import { groupBody, mintName } from '@/lib/registry/testing'
import {
  addComment,
  assignNotification,
  deleteComment,
  editComment,
  listComments,
  listMentionable,
  reopenThread,
  resolveThread,
} from '.'
import { listCommentsQuery } from './operations'

const team = mintName('team')
let owner: Context
let writer: Context
let reader: Context
let nobody: Context
let asset: { kind: 'group'; name: string }

const someone = async (name: string) => testContext(await testActor({ role: 'viewer', name }))

beforeAll(async () => {
  owner = testContext(await testActor({ role: 'producer', team, name: 'Ada Own' }))
  writer = await someone('Will Write')
  reader = await someone('Rea Der')
  nobody = testContext(await testActor({ name: 'No Body' }))
  const { name } = await registerFeatureGroup(owner, groupBody({ owner_team: team }))
  asset = { kind: 'group', name }
})

const list = (ctx: Context, over: object = {}) =>
  listComments(ctx, listCommentsQuery.parse({ ...asset, ...over }))

const say = (ctx: Context, body: string, over: object = {}) => addComment(ctx, { asset, body, ...over })

const inbox = async (ctx: Context) => (await listNotifications(ctx, listNotificationsQuery.parse({}))).data

/** As long as the work takes, the group is restricted: only its team knows of it. */
async function whileHidden(work: () => Promise<void>) {
  const own = and(eq(catalogDocuments.kind, 'group'), eq(catalogDocuments.name, asset.name))
  await db().update(catalogDocuments).set({ classification: 'restricted' }).where(own)
  try {
    await work()
  } finally {
    await db().update(catalogDocuments).set({ classification: 'internal' }).where(own)
  }
}

describe('comments on an asset', () => {
  it('are threads, answered, settled by their author or the owner, opened again', async () => {
    const thread = await say(writer, 'Why does it jump?')
    await say(owner, 'A new feed.', { thread: thread.id })
    const { data, meta } = await list(reader)
    expect(data[0]).toMatchObject({
      body: 'Why does it jump?',
      author: { name: 'Will Write' },
      may: { edit: false, delete: false },
      may_resolve: false,
      replies: [{ body: 'A new feed.', author: { name: 'Ada Own' } }],
    })
    expect(meta.unresolved).toBe(1)
    await expect(resolveThread(reader, thread.id)).rejects.toMatchObject({ code: 'forbidden' })
    expect(await resolveThread(owner, thread.id)).toMatchObject({ resolved_by: 'Ada Own' })
    expect((await list(reader)).meta.unresolved).toBe(0)
    expect(await reopenThread(writer, thread.id)).toMatchObject({ resolved_at: null })
    await expect(say(writer, 'x', { thread: data[0]?.replies[0]?.id })).rejects.toMatchObject({
      code: 'invalid',
    })
  })

  it('are changed by who wrote them alone, on what they saw', async () => {
    const { id, etag } = await say(writer, 'First.')
    await expect(editComment(owner, id, { body: 'Mine.' }, '*')).rejects.toMatchObject({ code: 'forbidden' })
    await expect(editComment(writer, id, { body: 'Second.' }, null)).rejects.toMatchObject({
      code: 'precondition_required',
    })
    const edited = await editComment(writer, id, { body: 'Second.' }, etag)
    expect(edited).toMatchObject({ body: 'Second.', edited_at: expect.any(String) })
    await expect(editComment(writer, id, { body: 'Third.' }, etag)).rejects.toMatchObject({
      code: 'precondition_failed',
    })
  })

  it('are deleted by who wrote them and by the owner, and leave the answers', async () => {
    const thread = await say(writer, 'Off the point.')
    await say(reader, 'True.', { thread: thread.id })
    await expect(deleteComment(reader, thread.id, '*')).rejects.toMatchObject({ code: 'forbidden' })
    await deleteComment(owner, thread.id, '*')
    const found = (await list(reader)).data.find(({ id }) => id === thread.id)
    expect(found).toMatchObject({ body: '', deleted: 'by_owner', replies: [{ body: 'True.' }] })
    await expect(deleteComment(writer, thread.id, '*')).rejects.toMatchObject({ code: 'conflict' })
    const lone = await say(writer, 'Nothing.')
    await deleteComment(writer, lone.id, lone.etag)
    expect((await list(reader)).data.map(({ id }) => id)).not.toContain(lone.id)
    const rows = await db().select().from(auditLog).where(eq(auditLog.actorId, owner.actor.id))
    expect(rows.map(({ reason }) => reason)).toContain('Comment of Will Write deleted')
  })

  it('tell who is mentioned, then followers and the thread, each once', async () => {
    const follower = await someone('Fol Low')
    const named = await someone('Men Tioned')
    await followAsset(follower, asset)
    await followAsset(named, asset)
    const { id } = await say(writer, 'Look, @Men Tioned.', { mentions: [named.actor.id] })
    expect((await inbox(named)).map(({ kind }) => kind)).toEqual(['mention'])
    expect((await inbox(follower)).map(({ kind }) => kind)).toEqual(['comment'])
    expect((await inbox(named))[0]).toMatchObject({
      actor: 'Will Write',
      body: 'Look, @Men Tioned.',
      href: `/groups/${asset.name}?tab=activity#comment-${id}`,
    })
    await say(reader, 'Seen.', { thread: id })
    expect((await inbox(writer))[0]).toMatchObject({ kind: 'comment', actor: 'Rea Der' })
  })

  it('mention only who may know of the asset and is named in the text', async () => {
    const mention = (id: string, body = 'Hey @No Body @Rea Der') => say(writer, body, { mentions: [id] })
    await expect(mention(nobody.actor.id)).rejects.toMatchObject({
      details: { errors: [{ pointer: '/mentions/0', code: 'not_mentionable' }] },
    })
    await expect(mention('nobody-at-all')).rejects.toMatchObject({
      details: { errors: [{ code: 'not_mentionable' }] },
    })
    await expect(mention(reader.actor.id, 'Hey.')).rejects.toMatchObject({
      details: { errors: [{ code: 'not_named' }] },
    })
    const names = async (ctx: Context, q: string) =>
      (await listMentionable(ctx, { ...asset, q })).data.map(({ name }) => name)
    expect(await names(writer, 'rea d')).toEqual(['Rea Der'])
    expect(await names(writer, 'der')).toContain('Rea Der')
    expect(await names(writer, 'No B')).toEqual([])
    expect(await names(writer, '(')).toEqual([])
  })

  it('are not there for who may not know of the asset', async () => {
    const { id } = await say(writer, 'Secret.')
    await whileHidden(async () => {
      await expect(list(writer)).rejects.toMatchObject({ code: 'not_found' })
      await expect(say(writer, 'x')).rejects.toMatchObject({ code: 'not_found' })
      for (const act of [resolveThread, reopenThread])
        await expect(act(writer, id)).rejects.toMatchObject({ code: 'not_found' })
      await expect(editComment(writer, id, { body: 'x' }, '*')).rejects.toMatchObject({ code: 'not_found' })
      await expect(listMentionable(writer, { ...asset, q: '' })).rejects.toMatchObject({ code: 'not_found' })
      expect((await listMentionable(owner, { ...asset, q: 'Rea' })).data).toEqual([])
    })
  })
})

describe('a notice', () => {
  it('is handed on to who may know of its asset, with the name of who did', async () => {
    const first = await someone('One First')
    const second = await someone('Two Second')
    await notify(db(), owner, {
      kind: 'change',
      to: { people: [first.actor.id] },
      asset,
      title: 'Version 2.',
      href: '/',
    })
    const id = (await inbox(first))[0]?.id ?? ''
    for (const person of [nobody.actor.id, first.actor.id, 'nobody'])
      await expect(assignNotification(first, id, { person })).rejects.toMatchObject({ code: 'invalid' })
    await expect(assignNotification(second, id, { person: reader.actor.id })).rejects.toMatchObject({
      code: 'not_found',
    })
    await assignNotification(first, id, { person: second.actor.id })
    expect(await inbox(first)).toEqual([])
    expect(await inbox(second)).toMatchObject([
      { title: 'Version 2.', actor: 'Ada Own', assigned_by: 'One First' },
    ])
  })
})
