'use client'
import type { ReactNode } from 'react'
import type { Restored } from '@/components/forms/draft-store'
import { FaultSummary } from '@/components/forms/fault-summary'
import { FormErrors } from '@/components/forms/form-errors'
import { FormFoot } from '@/components/forms/form-foot'
import type { ProblemFields } from '@/components/forms/problem-fields'
import { RestoredNote } from '@/components/forms/restored-note'
import { Button, ButtonLink } from '@/components/ui/button'
import type { Theirs } from './merge'
import { RaceLine, TheirsNote } from './theirs-note'

/** What a form that changes something needs of `useEdit`. */
export interface EditState {
  isTouched: boolean
  changed: readonly Theirs[]
  decided: ReadonlySet<string>
  undecided: number
  choose: (one: Theirs, side: 'theirs' | 'mine') => void
  save: { mutate: () => void; isPending: boolean; isSuccess: boolean }
  restored: Restored | null
  keptInBrowser: boolean
  startOver: () => void
}

interface EditFrameProps {
  edit: EditState
  /** The page of what is changed. */
  page: string
  faults: ProblemFields
  labels: Readonly<Record<string, string>>
  wordOf: (field: string) => string
  /** Why the button waits, beyond that nothing differs; null when it does not. */
  waitsFor?: string | null
  /** What the button says. */
  action?: string
  preview: ReactNode
  children: ReactNode
}

/** Around the fields of a change: what came back, what others changed, what is wrong, and the button. */
export function EditFrame(props: EditFrameProps) {
  const { edit, page, faults, labels, wordOf, waitsFor = null, action = 'Save', preview, children } = props
  const isReady = edit.isTouched && edit.undecided === 0 && waitsFor === null
  return (
    <form
      className="grid gap-8 lg:grid-cols-[minmax(0,560px)_minmax(0,1fr)]"
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady) edit.save.mutate()
      }}
    >
      <div className="flex min-w-0 flex-col gap-4">
        <RestoredNote title="Your changes are back" restored={edit.restored} onStartOver={edit.startOver} />
        <TheirsNote changed={edit.changed} wordOf={wordOf} decided={edit.decided} onChoose={edit.choose} />
        {children}
        <FormErrors messages={faults.form} />
        <FaultSummary title="Not saved" fields={faults.fields} labels={labels} />
        {edit.keptInBrowser ? null : (
          <p className="text-warn">This browser keeps no drafts: do not reload.</p>
        )}
        <FormFoot form={action} requestId={faults.requestId}>
          <Button
            type="submit"
            variant="primary"
            pending={edit.save.isPending || edit.save.isSuccess}
            disabled={!isReady}
          >
            {action}
          </Button>
          <ButtonLink href={page}>Leave as it is</ButtonLink>
          {waitsFor === null ? null : <p className="text-muted">{waitsFor}</p>}
          <RaceLine undecided={edit.undecided} changed={edit.changed.length} />
        </FormFoot>
      </div>
      {preview}
    </form>
  )
}
