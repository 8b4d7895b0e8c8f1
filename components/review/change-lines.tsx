'use client'
import { useState } from 'react'
import { exactText } from '@/components/feature-group/words'
import { Button } from '@/components/ui/button'
import { formatCount } from '@/components/ui/format-number'
import { type State, StateWord } from '@/components/ui/state'
import { Time } from '@/components/ui/time'
import { CommentForm } from './comment-form'
import type { ChangeLine } from './lines'
import { ThreadView } from './thread-view'
import type { ThreadPlace } from './use-thread-act'

const classes: Record<ChangeLine['class'], State> = { breaking: 'fail', warning: 'warn', info: 'ok' }

interface ChangeLinesProps extends ThreadPlace {
  lines: readonly ChangeLine[]
  mayApply: boolean
  label: string
}

const mostShown = 400

/** A value as it is; a long one is folded until it is asked for. */
function Value({ value }: { value: unknown }) {
  const [open, setOpen] = useState(false)
  const text = exactText(value)
  const isLong = text.length > mostShown
  return (
    <>
      <code className="whitespace-pre-wrap font-mono text-12 [overflow-wrap:anywhere]">
        {isLong && !open ? `${text.slice(0, mostShown)} …` : text}
      </code>
      {isLong ? (
        <button type="button" className="link hit block text-12" onClick={() => setOpen(!open)}>
          {open ? 'Fold' : `All ${formatCount(text.length)} characters`}
        </button>
      ) : null}
    </>
  )
}

function Side({ sign, value }: { sign: '−' | '+'; value: unknown }) {
  const what = sign === '−' ? 'Before' : 'After'
  return (
    <div className={sign === '−' ? 'bg-fail-tint px-2 py-1' : 'bg-ok-tint px-2 py-1'}>
      <span className="sr-only">{what}: </span>
      <span aria-hidden className="mr-2 font-mono text-muted">
        {sign}
      </span>
      {value === null || value === undefined ? (
        <span className="text-muted">not there</span>
      ) : (
        <Value value={value} />
      )}
    </div>
  )
}

function Line({ line, mayApply, ...place }: ThreadPlace & { line: ChangeLine; mayApply: boolean }) {
  const [speaking, setSpeaking] = useState(false)
  const { field, blame } = line
  return (
    <li className="flex flex-col gap-1 border-b py-2" id={`line-${field}`}>
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <code className="font-mono text-12 [overflow-wrap:anywhere]">{field}</code>
        <StateWord state={classes[line.class]}>{line.class}</StateWord>
        {blame ? (
          <span className="text-12 text-muted">
            last set by {blame.author}, <Time at={blame.at} relative />, in {blame.address}
          </span>
        ) : null}
        {speaking ? null : (
          <Button
            size="small"
            variant="quiet"
            className="ml-auto"
            aria-label={`Comment on ${field}`}
            onClick={() => setSpeaking(true)}
          >
            Comment
          </Button>
        )}
      </div>
      <div className="grid gap-px sm:grid-cols-2">
        <Side sign="−" value={line.old} />
        <Side sign="+" value={line.new} />
      </div>
      {line.threads.map((thread) => (
        <ThreadView
          key={thread.id}
          {...place}
          thread={thread}
          mayApply={mayApply}
          named={thread.field !== field}
        />
      ))}
      {speaking ? (
        <CommentForm
          {...place}
          path=""
          field={field}
          current={line.whole ?? line.new}
          label={`Comment on ${field}`}
          onDone={() => setSpeaking(false)}
          onCancel={() => setSpeaking(false)}
        />
      ) : null}
    </li>
  )
}

/** What changes, line by line: before and after, who set it last, and what is said about it. */
export function ChangeLines({ lines, mayApply, label, ...place }: ChangeLinesProps) {
  if (lines.length === 0) return <p className="text-muted">The two versions do not differ.</p>
  return (
    <ul aria-label={label} className="border-t">
      {lines.map((line) => (
        <Line key={line.field} {...place} line={line} mayApply={mayApply} />
      ))}
    </ul>
  )
}
