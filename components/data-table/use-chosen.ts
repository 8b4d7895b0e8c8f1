'use client'
import { useState } from 'react'

/** The chosen rows of a page, and how they change. */
export interface Choosing {
  chosen: readonly string[]
  has: (id: string) => boolean
  toggle: (id: string) => void
  all: (on: boolean) => void
  clear: () => void
}

/** Which rows of a page are chosen; what is no longer on it does not count. */
export function useChosen(present: readonly string[]): Choosing {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set())
  const chosen = present.filter((id) => ids.has(id))
  return {
    chosen,
    has: (id: string) => ids.has(id),
    toggle: (id: string) =>
      setIds((before) => new Set([...before].filter((one) => one !== id).concat(before.has(id) ? [] : [id]))),
    all: (on: boolean) => setIds(new Set(on ? present : [])),
    clear: () => setIds(new Set()),
  }
}
