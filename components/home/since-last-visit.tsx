import { formatCount } from '@/components/ui/format-number'
import { Time } from '@/components/ui/time'
import { type HomeChange, isNew } from './recent-changes'

interface SinceLastVisitProps {
  /** Null: this is the first. */
  at: string | null
  /** Newest first, and not all there are. */
  changes: readonly HomeChange[]
}

/** "4 new since your last visit, 3 days ago". */
export function SinceLastVisit({ at, changes }: SinceLastVisitProps) {
  if (at === null) return null
  const fresh = changes.filter((change) => isNew(change, at)).length
  const count = fresh === 0 ? 'nothing' : formatCount(fresh)
  const isMore = fresh > 0 && fresh === changes.length
  return (
    <>
      {count} {isMore ? 'or more ' : ''}new since your last visit, <Time at={at} relative />
    </>
  )
}
