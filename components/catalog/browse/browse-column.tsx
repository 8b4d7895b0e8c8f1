import { ChevronRight } from 'lucide-react'
import Link from 'next/link'
import { KindGlyph } from '@/components/icons/kind-glyph'
import { ButtonLink } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import { formatCount, plural } from '@/components/ui/format-number'
import { toRoute, withParams } from '@/components/ui/route'
import { type BrowseLine, type BrowseResource, unstated } from '@/lib/catalog/operations'
import { browsePath, chooseHref, levelWords, lineName, pageParam } from './browse-links'

interface BrowseColumnProps {
  column: BrowseResource
  /** The line whose contents stand in the column to the right, or that is in the panel. */
  chosen: string | null
  search: URLSearchParams
  /** A phone shows one column alone. */
  isLast: boolean
}

/** What a line holds, in words for those who do not see the column's heading. */
function Holds({ line }: { line: BrowseLine }) {
  if (line.type !== null) return <span className="truncate font-mono text-12 text-muted">{line.type}</span>
  const counts = [
    ...(line.groups === null ? [] : [plural(line.groups, 'group')]),
    plural(line.features ?? 0, 'feature'),
  ]
  return (
    <span title={counts.join(', ')} className="num text-12 text-muted">
      <span aria-hidden>{formatCount(line.features ?? 0)}</span>
      <span className="sr-only">{counts.join(', ')}</span>
    </span>
  )
}

const lineClass =
  'flex min-h-11 items-center gap-2 rounded-control px-2 py-0.5 hover:bg-ink-tint aria-[current=true]:bg-accent-tint aria-[current=true]:text-accent'

function Line({ line, column, chosen, search }: Omit<BrowseColumnProps, 'isLast'> & { line: BrowseLine }) {
  const { level } = column
  const isName = line.name !== unstated
  return (
    <li>
      <Link
        href={toRoute(chooseHref(search, level, line.name))}
        scroll={false}
        aria-current={line.name === chosen ? 'true' : undefined}
        className={lineClass}
      >
        {level === 'domain' ? null : <KindGlyph kind={level} className="shrink-0 text-muted" />}
        <span className="flex min-w-0 flex-1 flex-col">
          <span className={cn('truncate', isName ? 'font-mono' : 'text-muted')}>
            {lineName(level, line.name)}
          </span>
          {line.description ? (
            <span className="truncate text-12 text-muted">{line.description.split('\n')[0]}</span>
          ) : null}
        </span>
        {line.lifecycle && line.lifecycle !== 'active' ? (
          <span className="shrink-0 text-12 text-warn">{line.lifecycle.replace('_', ' ')}</span>
        ) : null}
        <Holds line={line} />
        {level === 'feature' ? null : <ChevronRight aria-hidden className="size-3.5 shrink-0 text-muted" />}
      </Link>
    </li>
  )
}

/** One level of the catalogue: its lines with counts, and the pages beside this one. */
export function BrowseColumn({ column, chosen, search, isLast }: BrowseColumnProps) {
  const { level, data, meta } = column
  const { title, none } = levelWords[level]
  const param = pageParam(level)
  return (
    <section
      aria-label={title}
      className={cn('flex min-w-0 flex-col lg:border-l lg:first:border-l-0', !isLast && 'max-lg:hidden')}
    >
      <h2 className="flex h-8 items-center justify-between gap-2 border-b border-b-control px-2 text-12 text-muted">
        <span>
          {title} <span className="num">{formatCount(meta.total)}</span>
        </span>
        {level === 'feature' ? <span>Type</span> : <span>Features</span>}
      </h2>
      {data.length === 0 ? (
        <p className="px-2 py-3 text-muted">{none}</p>
      ) : (
        <ul data-browse-column className="py-1">
          {data.map((line) => (
            <Line key={line.name} line={line} column={column} chosen={chosen} search={search} />
          ))}
        </ul>
      )}
      <nav aria-label={`Pages of ${title.toLowerCase()}`} className="flex gap-2 px-2 py-1 empty:hidden">
        {search.get(param) ? (
          <ButtonLink size="small" href={withParams(browsePath, search, { [param]: null })}>
            First page
          </ButtonLink>
        ) : null}
        {meta.next_cursor ? (
          <ButtonLink size="small" href={withParams(browsePath, search, { [param]: meta.next_cursor })}>
            Next
          </ButtonLink>
        ) : null}
      </nav>
    </section>
  )
}
