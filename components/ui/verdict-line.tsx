import Link from 'next/link'
import type { ReactNode } from 'react'
import { cn } from './cn'
import { toRoute } from './route'
import { type State, StateShape } from './state'

export interface VerdictClause {
  /** Stable among the clauses: "freshness", "drift". */
  id: string
  state: State | 'fact'
  /** "Fresh 3 h ago"; an unknown one says why: "drift unknown, no reference yet". */
  text: ReactNode
  /** Where the evidence stands. */
  href?: string
}

/** The asset's health as one sentence; every clause leads to its evidence. */
export function VerdictLine({
  clauses,
  label = 'Verdict',
  className,
}: {
  clauses: readonly VerdictClause[]
  label?: string
  className?: string
}) {
  return (
    <ul
      aria-label={label}
      className={cn('flex min-w-0 flex-wrap items-center gap-x-2 gap-y-0.5 text-13', className)}
    >
      {clauses.map((clause, index) => (
        <li key={clause.id} className="flex items-center gap-2">
          <Clause clause={clause} />
          {index < clauses.length - 1 ? (
            <span aria-hidden className="text-muted max-md:hidden">
              ·
            </span>
          ) : null}
        </li>
      ))}
    </ul>
  )
}

function Clause({ clause }: { clause: VerdictClause }) {
  const body = (
    <>
      {clause.state === 'fact' ? null : <StateShape state={clause.state} />}
      <span>{clause.text}</span>
    </>
  )
  const look = cn('inline-flex items-center gap-1.5', clause.state === 'unknown' && 'text-muted')
  if (!clause.href) return <span className={look}>{body}</span>
  return (
    <Link
      href={toRoute(clause.href)}
      className={cn(look, 'decoration-control underline-offset-2 hover:underline max-md:min-h-7')}
    >
      {body}
    </Link>
  )
}
