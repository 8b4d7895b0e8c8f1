import {
  clearDraft,
  type DraftStorage,
  goneDraft,
  markGone,
  newerSide,
  readDraft,
  writeDraft,
} from './draft-store'
import type { ServerDrafts } from './server-draft'

interface Setting<T> {
  /** In this browser: of the person, too. */
  name: string
  form: string
  storage: DraftStorage
  server: ServerDrafts
  parse: (value: unknown) => T | null
}

/** One form's draft here and on the portal: this browser first, the portal behind it, one request at a time. */
export function draftSync<T>({ name, form, storage, server, parse }: Setting<T>) {
  let last = Promise.resolve()
  /** What the portal has, as text. */
  let sent: string | null = null
  let syncedAt: string | undefined
  const inTurn = (work: () => Promise<void>) => {
    last = last.then(work)
    return last
  }
  const forget = async () => {
    if (await server.forget(form)) markGone(storage, name, null)
  }
  return {
    /** The time of the portal's copy of what is written here. */
    syncedAt: () => syncedAt,
    /** What another browser typed later than this one; null: there is nothing newer, or nobody wants it any more. */
    open: async (isOver: () => boolean = () => false): Promise<{ value: T; savedAt: string } | null> => {
      const found = await server.read(form)
      if (!found || isOver()) return null
      const local = readDraft(storage, name, parse)
      const side = newerSide({ local, gone: goneDraft(storage, name), serverSavedAt: found.savedAt })
      if (side === 'forget') await inTurn(forget)
      if (side === 'here' && local?.syncedAt === found.savedAt) syncedAt = found.savedAt
      const value = side === 'server' ? parse(found.value) : null
      if (value === null) return null
      syncedAt = found.savedAt
      sent = JSON.stringify(value)
      writeDraft(storage, name, value, new Date(found.savedAt), syncedAt)
      return { value, savedAt: found.savedAt }
    },
    /** Sends what this browser has written, unless the portal has just that. */
    send: (value: T) =>
      inTurn(async () => {
        const text = JSON.stringify(value)
        if (text === sent) return
        const keptAt = await server.keep(form, value)
        if (keptAt === undefined) return
        sent = text
        syncedAt = keptAt
        const local = readDraft(storage, name, parse)
        if (local) writeDraft(storage, name, local.value, new Date(local.savedAt), keptAt)
      }),
    /** What was sent for good, or given up, is forgotten on both sides. */
    clear: () => {
      const known = syncedAt ?? readDraft(storage, name, parse)?.syncedAt ?? null
      clearDraft(storage, name)
      markGone(storage, name, known)
      return inTurn(async () => {
        // What was on its way when it was cleared is the copy that has to go.
        if (syncedAt !== undefined) markGone(storage, name, syncedAt)
        sent = null
        syncedAt = undefined
        await forget()
      })
    },
  }
}
export type DraftSync<T> = ReturnType<typeof draftSync<T>>
