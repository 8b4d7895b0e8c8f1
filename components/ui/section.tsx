import type { ReactNode } from 'react'
import { cn } from './cn'

export interface SectionProps {
  title: ReactNode
  /** One line under the title. */
  note?: ReactNode
  /** At the title's right end. */
  aside?: ReactNode
  id?: string
  className?: string
  children: ReactNode
}

/** A titled part of a page. */
export function Section({ title, note, aside, id, className, children }: SectionProps) {
  return (
    <section id={id} className={cn('min-w-0', className)}>
      <div className="mb-2 flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 className="font-medium text-15">{title}</h2>
        {aside ? <span className="text-12 text-muted">{aside}</span> : null}
        {note ? <p className="basis-full text-12 text-muted">{note}</p> : null}
      </div>
      {children}
    </section>
  )
}
