'use client'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useDraftName } from './draft-owner'
import { clearDraft, type Draft, type Restored, readDraft, writeDraft } from './draft-store'
import { type DraftSync, draftSync } from './draft-sync'
import { serverDrafts } from './server-draft'

export interface UseDraftOptions<T> {
  /** Names the form and its object: "register", "deprecate.route_delays". */
  name: string
  /** What is typed so far; null while nothing is worth keeping. */
  value: T | null
  /** Checks what storage gives back (a zod `safeParse` fits); null refuses it. */
  parse: (value: unknown) => T | null
  /** Called with what was found, and again when another browser has typed later than this one. */
  onRestore: (draft: Draft<T> & Restored) => void
  /** Kept by the portal too, for the other machines of who types; a form of its own, not a line of a page. */
  everywhere?: boolean
}

const pauseMs = 400
const sendPauseMs = 1500

/** Keeps what this person typed until `clear()`: survives reload, error and an expired session, and another machine where asked. */
export function useDraft<T>(options: UseDraftOptions<T>) {
  const { name: form, value, parse, onRestore, everywhere = false } = options
  const name = useDraftName(form)
  const [kept, setKept] = useState(true)
  const ready = useRef(false)
  const sync = useRef<DraftSync<T> | null>(null)
  const handlers = useRef({ parse, onRestore })
  // What was sent is typed no longer: a save that still waits for its pause must not bring it back.
  const latest = useRef(value)
  const sent = useRef<T | null>(null)
  useEffect(() => {
    handlers.current = { parse, onRestore }
    latest.current = value
  })
  useEffect(() => {
    const draft = readDraft(window.localStorage, name, handlers.current.parse)
    if (draft) handlers.current.onRestore({ ...draft, isElsewhere: false })
    ready.current = true
    if (!everywhere) return
    const own = draftSync<T>({
      name,
      form,
      storage: window.localStorage,
      server: serverDrafts,
      parse: (found) => handlers.current.parse(found),
    })
    sync.current = own
    return openElsewhere(own, (found) => handlers.current.onRestore({ ...found, isElsewhere: true }))
  }, [name, form, everywhere])
  useEffect(() => {
    if (value !== sent.current) sent.current = null
    if (!ready.current || value === null) return
    const isSent = () => value === sent.current
    const save = () => {
      if (!isSent())
        setKept(writeDraft(window.localStorage, name, value, new Date(), sync.current?.syncedAt()))
    }
    const timer = setTimeout(save, pauseMs)
    const sending = setTimeout(() => {
      if (!isSent()) sync.current?.send(value)
    }, sendPauseMs)
    window.addEventListener('pagehide', save)
    return () => {
      clearTimeout(timer)
      clearTimeout(sending)
      window.removeEventListener('pagehide', save)
    }
  }, [name, value])
  const clear = useCallback(() => {
    sent.current = latest.current
    clearDraft(window.localStorage, name)
    sync.current?.clear()
  }, [name])
  return { clear, kept }
}

/** Asks the portal once; who has begun to type meanwhile keeps what is typed. Returns what stops it. */
function openElsewhere<T>(own: DraftSync<T>, onFound: (draft: Draft<T>) => void): () => void {
  let isOver = false
  const stop = () => {
    isOver = true
    window.removeEventListener('input', stop, { capture: true })
  }
  window.addEventListener('input', stop, { capture: true })
  const open = async () => {
    const found = await own.open(() => isOver)
    if (found) onFound(found)
    stop()
  }
  open()
  return stop
}
