'use client'
import { useId, useRef } from 'react'
import { FormErrors } from '@/components/forms/form-errors'
import { faultsOf } from '@/components/forms/problem-fields'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Textarea } from '@/components/ui/textarea'
import type { CommentedAsset } from '@/lib/comments/operations'
import { PeopleList } from './people-list'
import { useMentionPicker } from './use-mention-picker'
import { type SaidOptions, useSaid } from './use-said'

interface CommentBoxProps extends SaidOptions {
  asset: CommentedAsset
  label: string
  action: string
  onCancel?: () => void
}

/** Where a comment is written; after an @ it offers people who may know of the asset. */
export function CommentBox({ asset, label, action, onCancel, ...options }: CommentBoxProps) {
  const { said, setSaid, clear, sending } = useSaid(options)
  const box = useRef<HTMLTextAreaElement>(null)
  const listId = useId()
  const { people, chosen, choose, onKeyDown, setCaret, reopen } = useMentionPicker({
    asset,
    box,
    body: said.body,
    onChosen: (body, person) =>
      setSaid({ body, mentions: [...said.mentions.filter(({ id }) => id !== person.id), person] }),
  })
  const isEmpty = said.body.trim() === ''
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
          aria-activedescendant={chosen < 0 ? undefined : `${listId}-${chosen}`}
          value={said.body}
          onChange={(event) => {
            setSaid({ ...said, body: event.target.value })
            setCaret(event.target.selectionStart)
            reopen()
          }}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.metaKey || event.ctrlKey) && !isEmpty) sending.mutate()
            else onKeyDown(event)
          }}
        />
      </Field>
      <PeopleList id={listId} people={people} chosen={chosen} choose={choose} />
      <FormErrors messages={faults.form} />
      <Buttons
        action={action}
        isEmpty={isEmpty}
        pending={sending.isPending}
        onCancel={
          onCancel &&
          (() => {
            clear()
            onCancel()
          })
        }
      />
    </form>
  )
}

interface ButtonsProps {
  action: string
  isEmpty: boolean
  pending: boolean
  onCancel: (() => void) | undefined
}

const Buttons = ({ action, isEmpty, pending, onCancel }: ButtonsProps) => (
  <div className="flex gap-2">
    <Button type="submit" variant="primary" size="small" pending={pending} disabled={isEmpty}>
      {action}
    </Button>
    {onCancel ? (
      <Button size="small" onClick={onCancel}>
        Cancel
      </Button>
    ) : null}
  </div>
)
