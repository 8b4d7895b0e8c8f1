import Link from 'next/link'
import { UsingDatasets } from '@/components/dataset/using-datasets'
import { plural } from '@/components/ui/format-number'
import { Name } from '@/components/ui/name'
import { toRoute } from '@/components/ui/route'
import { Section } from '@/components/ui/section'
import type { ImpactResource } from '@/lib/registry/operations'
import { RecentReaders } from './recent-readers'
import { takenWords } from './words'

interface ReadersListProps {
  impact: Pick<ImpactResource, 'services' | 'datasets' | 'consumers'>
  usageHref: string
  /** How many readers are listed; the rest stands on the usage page. */
  shown?: number
}

function Services({ services }: { services: ImpactResource['services'] }) {
  if (services.length === 0) return <p className="text-muted">No feature service selects from it.</p>
  return (
    <ul className="border-t">
      {services.map(({ name, features, owner_team: team }) => (
        <li key={name} className="flex items-baseline justify-between gap-3 border-b py-1.5">
          <Name name={name} href={`/services/${encodeURIComponent(name)}`} />
          <span className="shrink-0 text-12 text-muted">
            {plural(features.length, 'feature')} · {team}
          </span>
        </li>
      ))}
    </ul>
  )
}

/** The services that select from it, the datasets built from it, and who read it in the last 30 days. */
export function ReadersList({ impact, usageHref, shown = 5 }: ReadersListProps) {
  const { services, datasets, consumers } = impact
  return (
    <>
      <Section title="Feature services">
        <Services services={services} />
      </Section>
      {datasets.length > 0 ? (
        <Section title="Training datasets">
          <UsingDatasets
            datasets={datasets.map((one) => ({
              ...one,
              owner: one.owner_team,
              taken: takenWords(one.features),
            }))}
          />
        </Section>
      ) : null}
      <Section
        title="Readers in 30 days"
        aside={
          <Link href={toRoute(usageHref)} className="link">
            Usage
          </Link>
        }
      >
        <RecentReaders consumers={consumers.slice(0, shown)} />
      </Section>
    </>
  )
}
