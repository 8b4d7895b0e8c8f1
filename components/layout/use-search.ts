'use client'
import { useEffect, useState } from 'react'
import type { OnSearch, SearchGroup } from './search-types'

export interface SearchState {
  groups: readonly SearchGroup[]
  /** The question that `groups` answer. */
  answered: string | null
  failure: string | null
}

const pauseMs = 90

/** Asks 90 ms after the last key; the hits before stay until new ones are there. */
export function useSearch(query: string, open: boolean, onSearch: OnSearch): SearchState {
  const [state, setState] = useState<SearchState>({ groups: [], answered: null, failure: null })
  const question = query.trim()
  useEffect(() => {
    if (!open) return
    const controller = new AbortController()
    const ask = async () => {
      try {
        const groups = await onSearch(question, controller.signal)
        if (!controller.signal.aborted) setState({ groups, answered: question, failure: null })
      } catch (error) {
        if (controller.signal.aborted) return
        const failure = error instanceof Error ? error.message : String(error)
        setState({ groups: [], answered: question, failure })
      }
    }
    const timer = setTimeout(ask, question === '' ? 0 : pauseMs)
    return () => {
      clearTimeout(timer)
      controller.abort()
    }
  }, [question, open, onSearch])
  return state
}
