import Link from 'next/link'
import { cn } from '@/components/ui/cn'
import { formatCount } from '@/components/ui/format-number'
import { toRoute, withParams } from '@/components/ui/route'
import type { RetirementFiguresResource } from '@/lib/retirement/operations'

interface UnusedFiguresProps {
  figures: RetirementFiguresResource
  /** The address's own parameters. */
  list: string
}

const path = '/operations/unused'

/** Each figure is the length of the list that it opens. */
export function UnusedFigures({ figures, list }: UnusedFiguresProps) {
  const { days } = figures
  const unread = (['group', 'feature', 'service'] as const).flatMap((kind) => [
    { id: `${kind}-unread`, term: `${kind}s unread in ${days} days`, count: figures[kind].unread },
    { id: `${kind}-never`, term: `${kind}s never read`, count: figures[kind].never },
  ])
  const orphaned = [
    { id: 'no_owner', term: 'groups without an owner', count: figures.no_owner },
    { id: 'source_gone', term: 'groups whose source is gone', count: figures.source_gone },
    { id: 'no_rows', term: 'groups without new rows', count: figures.no_rows },
  ]
  return (
    <nav aria-label="Lists" className="mb-5">
      <ul className="grid border-t sm:grid-cols-2 lg:grid-cols-3 lg:gap-x-8">
        {[...unread, ...orphaned].map(({ id, term, count }) => (
          <li key={id} className="border-b">
            <Link
              href={toRoute(withParams(path, '', { list: id, days }))}
              aria-current={id === list ? 'page' : undefined}
              className={cn(
                'flex min-h-8 items-center justify-between gap-4 py-1 hover:bg-sunken max-md:min-h-11',
                id === list && 'font-medium text-accent',
              )}
            >
              <span className="first-letter:uppercase">{term}</span>
              <span className="num">{formatCount(count)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
