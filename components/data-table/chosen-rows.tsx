'use client'
import { createContext, type ReactNode, useContext } from 'react'

interface ChosenRows {
  /** Ids of the rows that are chosen, in the order of the list. */
  ids: readonly string[]
  clear: () => void
}

const Chosen = createContext<ChosenRows>({ ids: [], clear: () => {} })

const ChosenRowsProvider = Chosen.Provider

/** The chosen rows of the list that a bar of acts belongs to. */
export const useChosenRows = (): ChosenRows => useContext(Chosen)

/** What can be done with the chosen rows at once; nothing moves when it comes. */
export function ChosenBar({ ids, clear, children }: ChosenRows & { children: ReactNode }) {
  if (ids.length === 0) return null
  return (
    <section
      aria-label="Chosen rows"
      className="enter fixed inset-x-0 bottom-4 z-20 mx-auto flex w-fit max-w-full flex-wrap items-center gap-2 rounded-overlay border bg-surface px-3 py-2 shadow-overlay max-md:bottom-18"
    >
      <ChosenRowsProvider value={{ ids, clear }}>{children}</ChosenRowsProvider>
    </section>
  )
}
