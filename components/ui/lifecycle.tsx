import { cn } from './cn'

export type LifecycleState = 'draft' | 'in_review' | 'active' | 'deprecated' | 'archived'

const shapes: Record<LifecycleState, { path: string; fill: boolean; className: string; word: string }> = {
  draft: {
    path: 'M5 1.5a3.5 3.5 0 1 1 0 7a3.5 3.5 0 0 1 0-7z',
    fill: false,
    className: 'text-muted',
    word: 'draft',
  },
  in_review: { path: 'M5 1.5a3.5 3.5 0 0 1 0 7z', fill: true, className: 'text-muted', word: 'in review' },
  active: { path: 'M5 1a4 4 0 1 1 0 8a4 4 0 0 1 0-8z', fill: true, className: 'text-ok', word: 'active' },
  deprecated: { path: 'M1 2h8L5 9z', fill: true, className: 'text-warn', word: 'deprecated' },
  archived: { path: 'M1.5 3.5h7v5h-7zM1.5 1.5h7', fill: false, className: 'text-muted', word: 'archived' },
}

/** The lifecycle as a word with its shape; never a pill. */
export function Lifecycle({ state, className }: { state: LifecycleState; className?: string }) {
  const shape = shapes[state]
  return (
    <span className={cn('inline-flex items-center gap-1.5 whitespace-nowrap', shape.className, className)}>
      <svg aria-hidden width="10" height="10" viewBox="0 0 10 10" className="shrink-0">
        {state === 'in_review' ? (
          <circle cx="5" cy="5" r="3.5" fill="none" stroke="currentColor" strokeWidth="1.25" />
        ) : null}
        <path
          d={shape.path}
          fill={shape.fill ? 'currentColor' : 'none'}
          stroke={shape.fill ? 'none' : 'currentColor'}
          strokeWidth="1.25"
        />
      </svg>
      {shape.word}
    </span>
  )
}
