import Link from 'next/link'
import type { ReactNode } from 'react'
import { FactsList } from '@/components/ui/facts-list'
import { formatCompact, plural } from '@/components/ui/format-number'
import { Name } from '@/components/ui/name'
import { toRoute } from '@/components/ui/route'
import { Section } from '@/components/ui/section'
import type { Hub } from '@/lib/catalog/operations'
import { assetHref } from '../asset-href'

interface Line {
  key: string
  name: ReactNode
  note: string
}

function Lines({
  title,
  lines,
  more,
  empty,
}: {
  title: string
  lines: Line[]
  more?: ReactNode
  empty: string
}) {
  return (
    <Section title={title}>
      {lines.length === 0 ? (
        <p className="text-muted">{empty}</p>
      ) : (
        <ul className="border-t">
          {lines.map(({ key, name, note }) => (
            <li
              key={key}
              className="flex min-h-8 items-center justify-between gap-4 border-b max-md:min-h-11"
            >
              <span className="min-w-0">{name}</span>
              <span className="num shrink-0 text-12 text-muted">{note}</span>
            </li>
          ))}
        </ul>
      )}
      {more}
    </Section>
  )
}

interface HubFactsProps {
  hub: Hub
  /** What the entity or the domain itself says. */
  facts: readonly { term: string; value: ReactNode }[]
  /** The catalogue's list of the same groups of one owner. */
  ownerHref: (team: string) => string
}

/** What stands around the groups of an entity or a domain: who owns, serves, feeds and reads them. */
export function HubFacts({ hub, facts, ownerHref }: HubFactsProps) {
  const { owners, services, servicesTotal, sources, readers, readersTotal } = hub
  return (
    <div className="flex min-w-0 flex-col gap-6">
      <FactsList facts={facts} />
      <Lines
        title={`Owned by ${plural(owners.length, 'team')}`}
        empty="No group, so no owner."
        lines={owners.map(({ name, count }) => ({
          key: name,
          name: (
            <Link className="link" href={toRoute(ownerHref(name))}>
              {name}
            </Link>
          ),
          note: plural(count, 'group'),
        }))}
      />
      <Lines
        title={`Served by ${plural(servicesTotal, 'feature service')}`}
        empty="No feature service that you may see serves one of its features."
        lines={services.map(({ name, count }) => ({
          key: name,
          name: <Name name={name} href={assetHref('service', name)} />,
          note: plural(count, 'feature'),
        }))}
        more={
          servicesTotal > services.length ? (
            <p className="mt-1 text-12 text-muted">The {services.length} that serve the most of them.</p>
          ) : undefined
        }
      />
      <Lines
        title="Fed by"
        empty="No registered source: rows are pushed."
        lines={sources.map((name) => ({
          key: name,
          name: <Name name={name} href={assetHref('source', name)} />,
          note: 'data source',
        }))}
      />
      <Lines
        title={`${plural(readersTotal, 'reader')} in 30 days`}
        empty="Nobody read any of it in 30 days."
        lines={readers.map(({ kind, name, reads }) => ({
          key: `${kind} ${name}`,
          name,
          note: reads === 1 ? '1 read' : `${formatCompact(reads)} reads`,
        }))}
        more={
          readersTotal > readers.length ? (
            <p className="mt-1 text-12 text-muted">The {readers.length} that read the most.</p>
          ) : undefined
        }
      />
    </div>
  )
}
