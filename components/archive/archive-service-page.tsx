import { UsingDatasets } from '@/components/dataset/using-datasets'
import { RecentReaders } from '@/components/feature-group/recent-readers'
import { Section } from '@/components/ui/section'
import type { ServiceImpactResource, ServiceResource } from '@/lib/registry/operations'
import { ArchivalCallout } from './archival-callout'
import { ArchiveForm } from './archive-form'
import { serviceConsequences } from './consequences'
import { RestoreButton } from './restore-form'

interface ArchiveServicePageProps {
  service: ServiceResource
  impact: ServiceImpactResource
}

const effect = 'Reads by its name answer again, with the versions that it pins.'

function Act({ service, impact }: ArchiveServicePageProps) {
  const path = `/api/v1/feature-services/${encodeURIComponent(service.name)}`
  if (service.state === 'active')
    return (
      <ArchiveForm
        name={service.name}
        path={`${path}/archive`}
        effects={serviceConsequences(impact)}
        undo="It can be restored as long as what it selects is not archived itself."
      />
    )
  return (
    <div className="flex max-w-140 flex-col gap-6">
      <ArchivalCallout archival={service.archival} team={service.owner_team} />
      <Section title="Take it back" note={effect}>
        <RestoreButton name={service.name} path={`${path}/restore`} effect={effect} />
      </Section>
    </div>
  )
}

/** Archiving a service, or taking that back, beside those whom it concerns. */
export function ArchiveServicePage({ service, impact }: ArchiveServicePageProps) {
  return (
    <div className="grid gap-8 lg:grid-cols-[minmax(0,7fr)_minmax(0,5fr)]">
      <Act service={service} impact={impact} />
      <div className="flex flex-col gap-6">
        <Section title="Readers in 30 days">
          <RecentReaders consumers={impact.consumers} />
        </Section>
        {impact.datasets.length > 0 ? (
          <Section title="Training datasets built from it">
            <UsingDatasets
              datasets={impact.datasets.map(({ service_version: taken, owner_team: owner, ...one }) => ({
                ...one,
                owner,
                taken: taken === null ? 'its features' : `${service.name}@${taken}`,
              }))}
            />
          </Section>
        ) : null}
      </div>
    </div>
  )
}
