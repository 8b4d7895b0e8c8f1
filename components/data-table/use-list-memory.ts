'use client'
import { useState } from 'react'
import { type ListMemory, rememberList } from './list-memory'

/** Columns and page size as they were last left; without `memory` nothing is remembered. */
export function useListMemory(memory: ListMemory | undefined) {
  const [kept, setKept] = useState(memory)
  return {
    hide: kept?.hide ?? null,
    keep: (change: Partial<ListMemory>) => {
      if (!kept) return
      const next = { ...kept, ...change }
      setKept(next)
      rememberList(next)
    },
  }
}
