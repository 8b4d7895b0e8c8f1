'use client'
import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, type RefObject, useState } from 'react'
import { request } from '@/lib/api-client'
import type { CommentedAsset } from '@/lib/comments/operations'
import { askedName, type Person, withName } from './mentions'

function usePeople(asset: CommentedAsset, asked: string | null) {
  const { data } = useQuery({
    queryKey: ['mentionable', asset.kind, asset.name, asked],
    enabled: asked !== null,
    queryFn: async ({ signal }) => {
      const query = { kind: asset.kind, name: asset.name, q: asked ?? '' }
      const answer = await request<{ data: Person[] }>('/api/v1/mentionable-people', { query, signal })
      return answer.data.data
    },
  })
  return asked === null ? [] : (data ?? [])
}

interface Typed {
  asset: CommentedAsset
  box: RefObject<HTMLTextAreaElement | null>
  body: string
  onChosen: (body: string, person: Person) => void
}

/** After an @ it finds people who may know of the asset; arrows, Enter and Tab choose, Esc closes. */
export function useMentionPicker({ asset, box, body, onChosen }: Typed) {
  const [caret, setCaret] = useState(0)
  const [at, setAt] = useState(0)
  const [closed, setClosed] = useState(false)
  const asked = closed ? null : askedName(body, caret)
  const people = usePeople(asset, asked)
  const chosen = people.length === 0 ? -1 : Math.min(at, people.length - 1)
  const choose = (person: Person) => {
    const next = withName(body, caret, asked ?? '', person.name)
    onChosen(next.text, person)
    setClosed(true)
    setAt(0)
    requestAnimationFrame(() => {
      box.current?.focus()
      box.current?.setSelectionRange(next.caret, next.caret)
    })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const person = people[chosen]
    if (!person) return
    if (event.key === 'ArrowDown') setAt((chosen + 1) % people.length)
    else if (event.key === 'ArrowUp') setAt((chosen + people.length - 1) % people.length)
    else if (event.key === 'Enter' || event.key === 'Tab') choose(person)
    else if (event.key === 'Escape') setClosed(true)
    else return
    event.preventDefault()
  }
  return { people, chosen, choose, onKeyDown, setCaret, reopen: () => setClosed(false) }
}
