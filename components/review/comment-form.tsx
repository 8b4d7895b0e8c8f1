'use client'
import { type FormEvent, useCallback, useState } from 'react'
import { draftText } from '@/components/forms/draft-store'
import { useDraft } from '@/components/forms/use-draft'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { ErrorState } from '@/components/ui/error-state'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { Textarea } from '@/components/ui/textarea'
import { memberOf, suggestedValue, suggestible, typedText, writingOf } from './suggested-value'
import { type ThreadPlace, useThreadAct } from './use-thread-act'

interface CommentFormProps extends ThreadPlace {
  /** Where the comment goes: '' opens a thread, `/{id}/comments` answers in one. */
  path: string
  /** The line; '' is the whole change. */
  field: string
  /** What stands at the line, to begin a suggestion with. */
  current?: unknown
  label: string
  onDone?: () => void
  onCancel?: () => void
}

interface Suggesting {
  field: string
  typed: string
}

const writingHints = {
  text: 'Empty takes the value away.',
  number: 'A number; empty takes the bound away.',
  flag: 'true or false; empty takes the term away.',
  list: 'Separated by commas.',
} as const

/** Within its feature a member needs no other name. */
const shortName = (field: string) => field.replace(/^features\.[^.]+\./, '')

function Suggestion(props: {
  choices: string[]
  /** What stands there now, to begin with. */
  typedOf: (field: string) => string
  value: Suggesting
  onChange: (value: Suggesting) => void
  invalid: boolean
}) {
  const { choices, typedOf, value, onChange, invalid } = props
  return (
    <div className="grid gap-2 sm:grid-cols-[minmax(0,14rem)_minmax(0,1fr)]">
      <Field label="Suggest for">
        <Select
          mono
          options={choices.map((choice) => ({ value: choice, label: shortName(choice) }))}
          value={value.field}
          onChange={(event) => onChange({ field: event.target.value, typed: typedOf(event.target.value) })}
        />
      </Field>
      <Field
        label="New value"
        hint={writingHints[writingOf(value.field)]}
        error={invalid ? `That is no ${writingOf(value.field)}.` : undefined}
      >
        <Input
          mono
          value={value.typed}
          onChange={(event) => onChange({ ...value, typed: event.target.value })}
        />
      </Field>
    </div>
  )
}

function useComment({ group, version, path, field, current, onDone }: CommentFormProps) {
  const [text, setText] = useState('')
  const [suggesting, setSuggesting] = useState<Suggesting | null>(null)
  const restore = useCallback(({ value }: { value: string }) => setText(value), [])
  const draft = useDraft({
    name: `comment.${group}.${version}${path}.${field}`,
    value: text === '' ? null : text,
    parse: draftText,
    onRestore: restore,
  })
  const act = useThreadAct({ group, version }, () => {
    draft.clear()
    setText('')
    setSuggesting(null)
    onDone?.()
  })
  const choices = suggestible(field)
  const typedOf = (one: string) => typedText(one === field ? current : memberOf(current, shortName(one)))
  const value = suggesting ? suggestedValue(suggesting.field, suggesting.typed) : null
  const begin = (on: boolean) => {
    const [first] = choices
    if (!on || first === undefined) return setSuggesting(null)
    setSuggesting({ field: first, typed: typedOf(first) })
  }
  const send = () => {
    const line = suggesting?.field ?? field
    const said = text.trim() === '' ? `Suggested for \`${line}\`.` : text.trim()
    act.mutate({
      path,
      body: {
        text: said,
        ...(path === '' ? { field: line } : {}),
        ...(value ? { suggestion: value } : {}),
      },
    })
  }
  const isReady = suggesting ? value !== null : text.trim() !== ''
  return { text, setText, suggesting, setSuggesting, choices, typedOf, value, begin, send, isReady, act }
}

/** Says something about a line, or suggests another value for it. What is typed stays until it is sent. */
export function CommentForm(props: CommentFormProps) {
  const { label, onCancel } = props
  const form = useComment(props)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    form.send()
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-2">
      <Field label={label} hint="@Name tells that person; names between back-ticks stand as code.">
        <Textarea
          rows={2}
          autoFocus={onCancel !== undefined}
          maxLength={10_000}
          value={form.text}
          onChange={(event) => form.setText(event.target.value)}
        />
      </Field>
      {form.choices.length > 0 ? (
        <Checkbox
          label="Suggest another value"
          hint="Once its author applies it, somebody other than you approves."
          checked={form.suggesting !== null}
          onChange={(event) => form.begin(event.target.checked)}
        />
      ) : null}
      {form.suggesting ? (
        <Suggestion
          choices={form.choices}
          typedOf={form.typedOf}
          value={form.suggesting}
          onChange={form.setSuggesting}
          invalid={form.value === null}
        />
      ) : null}
      <div className="flex gap-2">
        <Button
          type="submit"
          variant="primary"
          size="small"
          pending={form.act.isPending}
          disabled={!form.isReady}
        >
          {form.suggesting ? 'Suggest' : 'Comment'}
        </Button>
        {onCancel ? (
          <Button size="small" onClick={onCancel}>
            Cancel
          </Button>
        ) : null}
      </div>
      {form.act.error ? <ErrorState title="Not sent" problem={form.act.error.problem} /> : null}
    </form>
  )
}
