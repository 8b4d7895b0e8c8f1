'use client'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useDraftName } from './draft-owner'
import { clearDraft, type Draft, readDraft, writeDraft } from './draft-store'

export interface UseDraftOptions<T> {
  /** Names the form and its object: "register", "deprecate.route_delays". */
  name: string
  /** What is typed so far; null while nothing is worth keeping. */
  value: T | null
  /** Checks what storage gives back (a zod `safeParse` fits); null refuses it. */
  parse: (value: unknown) => T | null
  /** Called once with what was found. */
  onRestore: (draft: Draft<T>) => void
}

const pauseMs = 400

/** Keeps what this person typed in this browser until `clear()`: survives reload, error and an expired session. */
export function useDraft<T>({ name: form, value, parse, onRestore }: UseDraftOptions<T>) {
  const name = useDraftName(form)
  const [kept, setKept] = useState(true)
  const ready = useRef(false)
  const handlers = useRef({ parse, onRestore })
  useEffect(() => {
    handlers.current = { parse, onRestore }
  })
  useEffect(() => {
    const draft = readDraft(window.localStorage, name, handlers.current.parse)
    if (draft) handlers.current.onRestore(draft)
    ready.current = true
  }, [name])
  useEffect(() => {
    if (!ready.current || value === null) return
    const save = () => setKept(writeDraft(window.localStorage, name, value, new Date()))
    const timer = setTimeout(save, pauseMs)
    window.addEventListener('pagehide', save)
    return () => {
      clearTimeout(timer)
      window.removeEventListener('pagehide', save)
    }
  }, [name, value])
  const clear = useCallback(() => clearDraft(window.localStorage, name), [name])
  return { clear, kept }
}
