import { describe, expect, it } from 'vitest'
import { type DraftStorage, draftText, newerSide, readDraft, writeDraft } from './draft-store'
import { draftSync } from './draft-sync'
import type { ServerDrafts } from './server-draft'

function storageOf(): DraftStorage {
  const held = new Map<string, string>()
  return {
    getItem: (key) => held.get(key) ?? null,
    setItem: (key, value) => void held.set(key, value),
    removeItem: (key) => void held.delete(key),
  }
}

/** A portal with a clock of its own; `away`: it does not answer. */
function portal() {
  const state = { draft: null as { value: unknown; savedAt: string } | null, minute: 0, away: false, kept: 0 }
  const drafts: ServerDrafts = {
    read: async () => (state.away ? undefined : state.draft),
    keep: async (_, value) => {
      if (state.away) return undefined
      state.kept++
      const savedAt = `2026-06-01T14:${String(state.minute).padStart(2, '0')}:00.000000Z`
      state.draft = { value, savedAt }
      return savedAt
    },
    forget: async () => {
      if (state.away) return false
      state.draft = null
      return true
    },
  }
  return { state, drafts }
}

function browser(server: ServerDrafts) {
  const storage = storageOf()
  const begin = () =>
    draftSync<string>({ name: 'ines.register', form: 'register', storage, server, parse: draftText })
  const type = (text: string, minute: number, sync = begin()) => {
    const at = new Date(`2026-06-01T14:${String(minute).padStart(2, '0')}:00Z`)
    writeDraft(storage, 'ines.register', text, at, sync.syncedAt())
    return sync.send(text)
  }
  const here = () => readDraft(storage, 'ines.register', draftText)?.value ?? null
  return { begin, type, here }
}

describe('a draft on two machines', () => {
  it('is taken where it is newer, and its own is none from elsewhere', async () => {
    const { state, drafts } = portal()
    const [desk, lap] = [browser(drafts), browser(drafts)]
    state.minute = 2
    await desk.type('from the desk', 2)
    expect(await desk.begin().open()).toBeNull()
    expect(await lap.begin().open()).toEqual({
      value: 'from the desk',
      savedAt: '2026-06-01T14:02:00.000000Z',
    })
    expect(lap.here()).toBe('from the desk')
    expect(await lap.begin().open()).toBeNull()
    state.minute = 9
    const open = lap.begin()
    await open.open()
    await lap.type('and from the lap', 9, open)
    expect(await desk.begin().open()).toMatchObject({ value: 'and from the lap' })
  })

  it('keeps what was typed here later, while the portal was away', async () => {
    const { state, drafts } = portal()
    const [desk, lap] = [browser(drafts), browser(drafts)]
    state.minute = 2
    await desk.type('old', 2)
    state.away = true
    await lap.type('newer', 5)
    expect(await lap.begin().open()).toBeNull()
    state.away = false
    expect(await lap.begin().open()).toBeNull()
    expect(lap.here()).toBe('newer')
    await lap.type('newer', 5)
    expect(state.draft?.value).toBe('newer')
  })

  it('is not sent twice, and waits for the one before', async () => {
    const { state, drafts } = portal()
    const desk = browser(drafts)
    const sync = desk.begin()
    await Promise.all([desk.type('a', 1, sync), desk.type('a', 1, sync), desk.type('b', 1, sync)])
    expect(state.kept).toBe(2)
    expect(state.draft?.value).toBe('b')
  })

  it('does not come back once it was sent for good, also where the portal was away then', async () => {
    const { state, drafts } = portal()
    const desk = browser(drafts)
    const sync = desk.begin()
    await desk.type('sent', 1, sync)
    state.away = true
    await sync.clear()
    expect(desk.here()).toBeNull()
    state.away = false
    expect(state.draft?.value).toBe('sent')
    expect(await desk.begin().open()).toBeNull()
    expect(state.draft).toBeNull()
  })

  it('on its way while it is cleared goes too', async () => {
    const { state, drafts } = portal()
    const desk = browser(drafts)
    const sync = desk.begin()
    const sending = desk.type('late', 1, sync)
    await sync.clear()
    await sending
    expect(state.draft).toBeNull()
    await desk.type('typed anew', 3, sync)
    expect(state.draft).toMatchObject({ value: 'typed anew' })
    expect(desk.here()).toBe('typed anew')
  })

  it('is left alone by who has begun to type, and refused where it is of another shape', async () => {
    const { drafts } = portal()
    const desk = browser(drafts)
    await desk.type('there', 1)
    const lap = browser(drafts)
    expect(await lap.begin().open(() => true)).toBeNull()
    await drafts.keep('register', { not: 'a text' })
    expect(await lap.begin().open()).toBeNull()
  })

  it('compares what the portal kept with what was seen of it', () => {
    const local = { savedAt: '2026-06-01T14:05:00.000Z', syncedAt: undefined }
    const at = (serverSavedAt: string | null, gone: string | null = null) =>
      newerSide({ local, gone, serverSavedAt })
    expect(at(null)).toBe('here')
    expect(at('2026-06-01T14:04:59.999999Z')).toBe('here')
    expect(at('2026-06-01T14:05:01.000000Z')).toBe('server')
    expect(at('2026-06-01T14:05:01.000000Z', '2026-06-01T14:05:01.000000Z')).toBe('forget')
    const seen = { ...local, syncedAt: '2026-06-01T14:06:00.000000Z' }
    expect(newerSide({ local: seen, gone: null, serverSavedAt: seen.syncedAt })).toBe('here')
  })
})
