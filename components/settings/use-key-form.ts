'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { faultsOf } from '@/components/forms/problem-fields'
import { useClock } from '@/components/ui/clock'
import { type ProblemError, request } from '@/lib/api-client'
import type { ApiKeyResource } from '@/lib/identity/operations'
import { expiryInstant } from './key-words'

/** A key as it is answered once, with its secret. */
export type NewKey = ApiKeyResource & { secret: string }

interface KeyDraft {
  name: string
  /** Null: everything that the owner may. */
  scopes: string[] | null
  environments: string[]
  groups: string[]
  expiry: string
  date: string
}

const emptyDraft: KeyDraft = {
  name: '',
  scopes: null,
  environments: [],
  groups: [],
  expiry: '90',
  date: '',
}

const fields = new Set(['name', 'scopes', 'environments', 'groups', 'expires_at'])

/** The first thing that keeps the key from being made, as a sentence. */
function lackOf({ name, scopes, expiry, date }: KeyDraft): string | null {
  if (name.trim() === '') return 'A name is needed.'
  if (scopes !== null && scopes.length === 0) return 'Choose what it may.'
  return expiry === 'date' && date === '' ? 'A date is needed.' : null
}

/** The form of a new key and its one request. */
export function useKeyForm() {
  const router = useRouter()
  const { now } = useClock()
  const [draft, setDraft] = useState(emptyDraft)
  const create = useMutation<NewKey, ProblemError>({
    mutationFn: async () => {
      const body = {
        name: draft.name.trim(),
        scopes: draft.scopes ?? [],
        environments: draft.environments,
        groups: draft.groups,
        expires_at: expiryInstant(draft.expiry, draft.date, now),
      }
      return (await request<NewKey>('/api/v1/api-keys', { method: 'POST', body })).data
    },
    onSuccess: () => router.refresh(),
  })
  const lacks = lackOf(draft)
  return {
    draft,
    change: (part: Partial<KeyDraft>) => setDraft((before) => ({ ...before, ...part })),
    expiresAt: expiryInstant(draft.expiry, draft.date, now),
    isReady: lacks === null,
    lacks,
    create,
    faults: faultsOf(create.error, (path) => fields.has(path)),
    startOver: () => {
      setDraft(emptyDraft)
      create.reset()
    },
  }
}
