'use client'
import type { KeyboardEvent } from 'react'
import { FormErrors } from '@/components/forms/form-errors'
import { faultsOf } from '@/components/forms/problem-fields'
import { RestoredNote } from '@/components/forms/restored-note'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Textarea } from '@/components/ui/textarea'
import { RaceLine, TheirsNote } from '../theirs-note'
import { useEdit } from '../use-edit'
import { type InlineMember, type InlineResource, saveMember, textOf } from './inline-member'

export interface InlineFormProps {
  of: InlineMember
  /** Names what is typed in this browser. */
  draft: string
  /** As the page read it. */
  read: { etag: string; text: string }
  label: string
  hint?: string
  control: 'area' | 'text'
  onSaved: (saved: { before: string; after: string; etag: string }) => void
  onLeave: () => void
}

/** Enter saves a line, Ctrl+Enter a text; Esc leaves it as it was. */
function keysOf(control: 'area' | 'text', save: () => void, leave: () => void) {
  return (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.preventDefault()
      leave()
    }
    const isSave = event.key === 'Enter' && (control === 'text' || event.ctrlKey || event.metaKey)
    if (!isSave) return
    event.preventDefault()
    save()
  }
}

/** The member in a field of its own, in the place where it stands. */
export function InlineForm(props: InlineFormProps) {
  const { of, draft, read, label, hint, control, onSaved, onLeave } = props
  const { member } = of
  const edit = useEdit<InlineResource, InlineResource>({
    draft,
    read: { etag: read.etag, [member]: read.text },
    path: of.path,
    valuesOf: (resource) => ({ [member]: textOf(of, resource) }),
    etagOf: ({ etag }) => etag,
    save: (values, etag, base) => saveMember(of, values[member] ?? '', { base: base[member] ?? '', etag }),
    onSaved: (saved) =>
      onSaved({ before: edit.base[member] ?? '', after: textOf(of, saved), etag: saved.etag }),
  })
  const faults = faultsOf(edit.error, (at) => at === member)
  const isReady = edit.isTouched && edit.undecided === 0
  const save = () => {
    if (isReady) edit.save.mutate()
  }
  const leave = () => {
    edit.startOver()
    onLeave()
  }
  const own = {
    value: edit.values[member] ?? '',
    onChange: (event: { target: { value: string } }) => edit.change({ [member]: event.target.value }),
    onKeyDown: keysOf(control, save, leave),
    autoFocus: true,
  }
  return (
    <form
      className="flex min-w-0 max-w-140 flex-col gap-3 text-left"
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <RestoredNote title="Your changes are back" restored={edit.restored} onStartOver={edit.startOver} />
      <TheirsNote changed={edit.changed} wordOf={() => label} decided={edit.decided} onChoose={edit.choose} />
      <Field label={label} hint={hint} error={faults.fields[member]}>
        {control === 'area' ? <Textarea rows={4} {...own} /> : <Input {...own} />}
      </Field>
      <FormErrors messages={faults.form} />
      <div className="flex flex-wrap items-center gap-2">
        <Button
          type="submit"
          variant="primary"
          size="small"
          pending={edit.save.isPending}
          disabled={!isReady}
        >
          Save
        </Button>
        <Button size="small" onClick={leave}>
          Leave as it was
        </Button>
        <RaceLine undecided={edit.undecided} changed={edit.changed.length} />
      </div>
    </form>
  )
}
