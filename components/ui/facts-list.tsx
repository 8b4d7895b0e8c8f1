import type { ReactNode } from 'react'
import { cn } from './cn'

export interface Fact {
  term: string
  value: ReactNode
  /** Why the value is unknown, or how it is counted. */
  note?: ReactNode
  number?: boolean
}

/** Facts as a ruled list: term left, value right. */
export function FactsList({ facts, className }: { facts: readonly Fact[]; className?: string }) {
  return (
    <dl className={cn('border-t', className)}>
      {facts.map((fact) => (
        <div key={fact.term} className="flex min-h-8 items-baseline justify-between gap-4 border-b py-1.5">
          <dt className="shrink-0 text-muted">{fact.term}</dt>
          <dd className={cn('min-w-0 text-right', fact.number && 'num')}>
            {fact.value}
            {fact.note ? <span className="block text-12 text-muted">{fact.note}</span> : null}
          </dd>
        </div>
      ))}
    </dl>
  )
}
