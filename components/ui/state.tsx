import type { ReactNode } from 'react'
import { cn } from './cn'

export type State = 'ok' | 'warn' | 'fail' | 'unknown'

const colours: Record<State, string> = {
  ok: 'text-ok',
  warn: 'text-warn',
  fail: 'text-fail',
  unknown: 'text-muted',
}

/** The state's shape, 10 px, so that it reads without colour: filled, notched, crossed, hollow. */
export function StateShape({ state }: { state: State }) {
  return (
    <svg aria-hidden width="10" height="10" viewBox="0 0 10 10" className={cn('shrink-0', colours[state])}>
      {state === 'ok' ? <rect x="1" y="1" width="8" height="8" fill="currentColor" /> : null}
      {state === 'warn' ? <path d="M1 1h2l2 3 2-3h2v8H1z" fill="currentColor" /> : null}
      {state === 'fail' ? (
        <path d="M1 1h8v8H1zM3 3l4 4M7 3L3 7" fill="none" stroke="currentColor" strokeWidth="1.5" />
      ) : null}
      {state === 'unknown' ? (
        <rect
          x="1.5"
          y="1.5"
          width="7"
          height="7"
          fill="none"
          stroke="currentColor"
          strokeDasharray="2 1.5"
        />
      ) : null}
    </svg>
  )
}

const words: Record<State, string> = { ok: 'ok', warn: 'warning', fail: 'failing', unknown: 'unknown' }

/** Shape and word. Children replace the word where a better one is known ("fresh", "late", "3 failed"). */
export function StateWord({ state, children }: { state: State; children?: ReactNode }) {
  return (
    <span className={cn('inline-flex items-center gap-1.5 whitespace-nowrap', colours[state])}>
      <StateShape state={state} />
      {children ?? words[state]}
    </span>
  )
}
