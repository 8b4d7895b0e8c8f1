'use client'
import { createContext, type ReactNode, useContext } from 'react'

const Owner = createContext('nobody')

/** Whose drafts the forms beneath keep: the next person at this browser is not shown them. */
export function DraftOwner({ person, children }: { person: string; children: ReactNode }) {
  return <Owner.Provider value={person}>{children}</Owner.Provider>
}

/** The name under which a form's draft is kept for who is signed in. */
export const useDraftName = (form: string): string => `${useContext(Owner)}.${form}`
