import { plural } from '@/components/ui/format-number'
import { Time } from '@/components/ui/time'
import type { ImpactResource } from '@/lib/registry/operations'
import { readerKind } from './words'

/** Who read it in the last 30 days, how often, and when last. */
export function RecentReaders({ consumers }: Pick<ImpactResource, 'consumers'>) {
  if (consumers.length === 0) return <p className="text-muted">Nobody has read it in the last 30 days.</p>
  return (
    <ul className="border-t">
      {consumers.map(({ kind, name, reads, last_read: last }) => (
        <li key={`${kind}${name}`} className="flex items-baseline justify-between gap-3 border-b py-1.5">
          <span className="min-w-0 truncate">
            {name} <span className="text-12 text-muted">{readerKind(kind)}</span>
          </span>
          <span className="num shrink-0 text-12 text-muted">
            {plural(reads, 'read')} · <Time at={last} relative />
          </span>
        </li>
      ))}
    </ul>
  )
}
