import type { ReactNode } from 'react'
import { cn } from './cn'
import { MarkedProse } from './marked-prose'
import { type State, StateShape } from './state'

export type CalloutTone = 'note' | 'ok' | 'warn' | 'fail'

const looks: Record<CalloutTone, { box: string; state: State | null; word: string }> = {
  note: { box: 'border-control bg-sunken', state: null, word: 'Note' },
  ok: { box: 'border-ok bg-ok-tint', state: 'ok', word: 'Done' },
  warn: { box: 'border-warn bg-warn-tint', state: 'warn', word: 'Attention' },
  fail: { box: 'border-fail bg-fail-tint', state: 'fail', word: 'Failed' },
}

export interface CalloutProps {
  tone?: CalloutTone
  /** A short bold lead: "Deprecated", "Planted incident", "Sample data". */
  title?: string
  action?: ReactNode
  className?: string
  children: ReactNode
}

/** A fact that changes how the page is read. `fail` is announced at once, the others politely. */
export function Callout({ tone = 'note', title, action, className, children }: CalloutProps) {
  const look = looks[tone]
  return (
    <div
      role={tone === 'fail' ? 'alert' : 'status'}
      className={cn(
        'flex flex-wrap items-start gap-x-3 gap-y-2 rounded-control border-l-2 py-2 pr-3 pl-3',
        look.box,
        className,
      )}
    >
      <div className="flex min-w-0 items-start gap-2.5">
        {look.state ? (
          <span className="mt-1">
            <StateShape state={look.state} />
          </span>
        ) : null}
        <div className="min-w-0 max-w-[68ch]">
          {title ? <span className="mr-0.5 font-medium">{title}.</span> : null}
          {title ? ' ' : null}
          {title || tone === 'note' ? null : <span className="sr-only">{look.word}: </span>}
          {typeof children === 'string' ? <MarkedProse text={children} /> : children}
        </div>
      </div>
      {action ? <div className="flex shrink-0 gap-2">{action}</div> : null}
    </div>
  )
}

export interface BannerProps {
  /** What kind of line it is: "Sample data", "Demo mode", "Deprecated". */
  label: string
  tone?: 'note' | 'warn' | 'fail'
  action?: ReactNode
  children: ReactNode
}

const lines = { note: 'bg-sunken', warn: 'bg-warn-tint', fail: 'bg-fail-tint' }

/** One line across the frame, above the page. */
export function Banner({ label, tone = 'note', action, children }: BannerProps) {
  return (
    <section
      aria-label={label}
      className={cn(
        'flex flex-wrap items-baseline gap-x-3 gap-y-1 border-b px-6 py-1.5 text-12 max-md:px-4',
        lines[tone],
      )}
    >
      <p className="min-w-0">
        <span className="mr-0.5 font-medium">{label}.</span> {children}
      </p>
      {action}
    </section>
  )
}
