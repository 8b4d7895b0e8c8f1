'use client'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useDraft } from '@/components/forms/use-draft'
import type { ProblemError } from '@/lib/api-client'
import { namedIn, type Person } from './mentions'

export interface Said {
  body: string
  mentions: readonly Person[]
}

const isPerson = (one: unknown): one is Person =>
  typeof one === 'object' &&
  one !== null &&
  'id' in one &&
  'name' in one &&
  typeof one.id === 'string' &&
  typeof one.name === 'string'

function parseSaid(value: unknown): Said | null {
  if (typeof value !== 'object' || value === null || !('body' in value) || !('mentions' in value)) return null
  const { body, mentions } = value
  if (typeof body !== 'string' || !Array.isArray(mentions)) return null
  return { body, mentions: mentions.filter(isPerson) }
}

const nothing: Said = { body: '', mentions: [] }

export interface SaidOptions {
  /** Names what is typed, so that it survives a reload. */
  draft: string
  initial?: Said
  send: (said: { body: string; mentions: string[] }) => Promise<unknown>
  onDone: () => void
}

/** What is typed and whom it names, kept until it was sent. */
export function useSaid({ draft, initial = nothing, send, onDone }: SaidOptions) {
  const [said, setSaid] = useState<Said>({ body: initial.body, mentions: initial.mentions })
  const { clear } = useDraft<Said>({
    name: draft,
    value: said.body === '' ? null : said,
    parse: parseSaid,
    onRestore: ({ value }) => setSaid(value),
  })
  const sending = useMutation<unknown, ProblemError>({
    mutationFn: () =>
      send({ body: said.body, mentions: namedIn(said.body, said.mentions).map(({ id }) => id) }),
    onSuccess: () => {
      clear()
      setSaid(nothing)
      onDone()
    },
  })
  return { said, setSaid, clear, sending }
}
