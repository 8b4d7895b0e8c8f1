'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useId, useRef, useState } from 'react'
import { FormErrors } from '@/components/forms/form-errors'
import { faultsOf } from '@/components/forms/problem-fields'
import { useDraft } from '@/components/forms/use-draft'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import { Field } from '@/components/ui/field'
import { Textarea } from '@/components/ui/textarea'
import { type ProblemError, request } from '@/lib/api-client'
import type { CommentedAsset } from '@/lib/comments/operations'
import { askedName, namedIn, type Person, withName } from './mentions'

export interface Said {
  body: string
  mentions: readonly Person[]
}

interface CommentBoxProps {
  asset: CommentedAsset
  label: string
  action: string
  /** Names what is typed, so that it survives a reload. */
  draft: string
  initial?: Said
  send: (said: { body: string; mentions: string[] }) => Promise<unknown>
  onDone: () => void
  onCancel?: () => void
}

function parseSaid(value: unknown): Said | null {
  if (typeof value !== 'object' || value === null || !('body' in value) || !('mentions' in value)) return null
  const { body, mentions } = value
  if (typeof body !== 'string' || !Array.isArray(mentions)) return null
  const people = mentions.filter(
    (one): one is Person => typeof one?.id === 'string' && typeof one?.name === 'string',
  )
  return { body, mentions: people }
}

function usePeople(asset: CommentedAsset, asked: string | null) {
  const { data } = useQuery({
    queryKey: ['mentionable', asset.kind, asset.name, asked],
    enabled: asked !== null,
    queryFn: async ({ signal }) => {
      const query = { kind: asset.kind, name: asset.name, q: asked ?? '' }
      const { data } = await request<{ data: Person[] }>('/api/v1/mentionable-people', { query, signal })
      return data.data
    },
  })
  return asked === null ? [] : (data ?? [])
}

/** Where a comment is written; after an @ it offers people who may know of the asset. */
export function CommentBox(props: CommentBoxProps) {
  const { asset, label, action, draft, initial, send, onDone, onCancel } = props
  const [body, setBody] = useState(initial?.body ?? '')
  const [people, setPeople] = useState<readonly Person[]>(initial?.mentions ?? [])
  const [caret, setCaret] = useState(0)
  const [at, setAt] = useState(0)
  const [closed, setClosed] = useState(false)
  const box = useRef<HTMLTextAreaElement>(null)
  const listId = useId()
  const asked = closed ? null : askedName(body, caret)
  const found = usePeople(asset, asked)
  const { clear } = useDraft<Said>({
    name: draft,
    value: body === '' ? null : { body, mentions: people },
    parse: parseSaid,
    onRestore: ({ value }) => {
      setBody(value.body)
      setPeople(value.mentions)
    },
  })
  const sending = useMutation<unknown, ProblemError>({
    mutationFn: () => send({ body, mentions: namedIn(body, people).map(({ id }) => id) }),
    onSuccess: () => {
      clear()
      setBody('')
      setPeople([])
      onDone()
    },
  })
  const choose = (person: Person) => {
    const next = withName(body, caret, asked ?? '', person.name)
    setBody(next.text)
    setPeople([...people.filter(({ id }) => id !== person.id), person])
    setClosed(true)
    setAt(0)
    requestAnimationFrame(() => {
      box.current?.focus()
      box.current?.setSelectionRange(next.caret, next.caret)
    })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey) && body.trim() !== '') sending.mutate()
    const person = found[Math.min(at, found.length - 1)]
    if (!person) return
    if (event.key === 'ArrowDown') setAt((at + 1) % found.length)
    else if (event.key === 'ArrowUp') setAt((at + found.length - 1) % found.length)
    else if (event.key === 'Enter' || event.key === 'Tab') choose(person)
    else if (event.key === 'Escape') setClosed(true)
    else return
    event.preventDefault()
  }
  const faults = faultsOf(sending.error, (path) => path === 'body')
  return (
    <form
      className="flex max-w-[68ch] flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        sending.mutate()
      }}
    >
      <Field label={label} error={faults.fields.body} hint="@ names somebody who may know of it.">
        <Textarea
          ref={box}
          rows={3}
          maxLength={10_000}
          aria-autocomplete="list"
          aria-controls={listId}
          aria-activedescendant={found.length > 0 ? `${listId}-${Math.min(at, found.length - 1)}` : undefined}
          value={body}
          onChange={(event) => {
            setBody(event.target.value)
            setCaret(event.target.selectionStart)
            setClosed(false)
          }}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
          onKeyDown={onKeyDown}
        />
      </Field>
      <div
        role="listbox"
        id={listId}
        aria-label="People"
        tabIndex={-1}
        className={cn('rounded-overlay border bg-surface p-1 shadow-overlay', found.length === 0 && 'hidden')}
      >
        {found.map((person, index) => (
          <div
            key={person.id}
            id={`${listId}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            className={cn(
              'flex min-h-8 cursor-default items-center rounded-control px-2 max-md:min-h-11',
              index === at && 'bg-accent-tint',
            )}
            onMouseDown={(event) => {
              event.preventDefault()
              choose(person)
            }}
          >
            {person.name}
          </div>
        ))}
      </div>
      <FormErrors messages={faults.form} />
      <div className="flex gap-2">
        <Button
          type="submit"
          variant="primary"
          size="small"
          pending={sending.isPending}
          disabled={body.trim() === ''}
        >
          {action}
        </Button>
        {onCancel ? (
          <Button
            size="small"
            onClick={() => {
              clear()
              onCancel()
            }}
          >
            Cancel
          </Button>
        ) : null}
      </div>
    </form>
  )
}
