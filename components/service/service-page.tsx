import Link from 'next/link'
import type { ReactNode } from 'react'
import { ArchivalCallout } from '@/components/archive/archival-callout'
import { assetHref } from '@/components/catalog/asset-href'
import { DayStrip } from '@/components/charts/day-strip'
import { DataTable } from '@/components/data-table/data-table'
import { UsingDatasets } from '@/components/dataset/using-datasets'
import { EditLink } from '@/components/edit/edit-link'
import { RecentReaders } from '@/components/feature-group/recent-readers'
import { KindGlyph } from '@/components/icons/kind-glyph'
import { PageHeader } from '@/components/layout/page-header'
import { CodeBlock } from '@/components/ui/code-block'
import { FactsList } from '@/components/ui/facts-list'
import { Lifecycle } from '@/components/ui/lifecycle'
import { Name } from '@/components/ui/name'
import { toRoute } from '@/components/ui/route'
import { Section } from '@/components/ui/section'
import { Time } from '@/components/ui/time'
import type { ServiceImpactResource, ServiceResource } from '@/lib/registry/operations'
import { onlineReadExample } from './online-read-example'
import { ReadServiceKey, type ServedGroup } from './read-service-key'
import { ServiceActions } from './service-actions'
import { type ServiceHealth, serviceVerdict } from './service-health'

const columns = [
  { id: 'feature', header: 'Feature', grow: true, phone: 'first' as const },
  {
    id: 'version',
    header: 'Version pinned',
    width: '120px',
    align: 'right' as const,
    phone: 'second' as const,
  },
]

function Selection({ service }: { service: ServiceResource }) {
  return (
    <DataTable
      bare
      label="Features served"
      columns={columns}
      rows={service.selection.map(({ group, feature, version }) => ({
        id: `${group}:${feature}`,
        href: assetHref('feature', `${group}:${feature}`),
        cells: {
          feature: <Name name={`${group}:${feature}`} href={assetHref('feature', `${group}:${feature}`)} />,
          version: `@${version}`,
        },
      }))}
    />
  )
}

function Facts({ service }: { service: ServiceResource }) {
  return (
    <FactsList
      facts={[
        { term: 'Owner', value: service.owner_team },
        { term: 'Purpose', value: service.purpose ?? 'not stated' },
        {
          term: 'Entities',
          value: service.entities.map((entity) => (
            <Link
              key={entity}
              className="link ml-2 font-mono text-12"
              href={toRoute(assetHref('entity', entity))}
            >
              {entity}
            </Link>
          )),
        },
        { term: 'Classification', value: service.classification, note: 'The strictest among its features.' },
        { term: 'Version', value: `@${service.version}`, number: true },
        { term: 'Names in answers', value: service.full_feature_names ? 'group__feature' : 'feature' },
        { term: 'Changed', value: <Time at={service.updated_at} relative /> },
      ]}
    />
  )
}

interface ServicePageProps {
  service: ServiceResource
  /** Who reads it, and what was built from it. */
  impact: ServiceImpactResource
  health: ServiceHealth
  /** Whether its reader may change it. */
  act: { allowed: boolean; because: string }
  /** Null: the reader may not know of all that the service reads. */
  groups: readonly ServedGroup[] | null
  environment: string
  /** The button that follows it. */
  follow: ReactNode
  /** The word that says whether it is certified. */
  certification: ReactNode
}

function Header({
  service,
  health,
  act,
  follow,
  certification,
}: Pick<ServicePageProps, 'service' | 'health' | 'act' | 'follow' | 'certification'>) {
  return (
    <PageHeader
      size="asset"
      breadcrumbs={{
        crumbs: [
          { label: 'Catalogue', href: '/catalog' },
          { label: 'Feature services', href: '/catalog?kind=service' },
          { label: service.name, mono: true },
        ],
        fullName: service.name,
      }}
      before={<KindGlyph kind="service" title="Feature service" className="text-muted" />}
      title={service.name}
      after={
        <>
          <span className="num text-muted">@{service.version}</span>
          <Lifecycle state={service.state} />
          {certification}
          {service.sample ? <span className="text-12 text-muted">sample</span> : null}
        </>
      }
      actions={
        <>
          {health.days.length > 0 ? (
            <span className="mr-2 flex max-md:basis-full">
              <DayStrip size="header" label={`Last 28 days of ${service.name}`} days={health.days} />
            </span>
          ) : null}
          {follow}
          <EditLink page={assetHref('service', service.name)} may={act.allowed} />
          <ServiceActions
            name={service.name}
            isArchived={service.state === 'archived'}
            etag={service.etag}
            act={act}
          />
        </>
      }
      description={service.description}
      verdict={serviceVerdict(health)}
      status={<ArchivalCallout archival={service.archival} team={service.owner_team} />}
    />
  )
}

/** A feature service: what one model consumes, with the versions that were pinned when it was saved. */
export function ServicePage({
  service,
  impact,
  health,
  act,
  groups,
  environment,
  follow,
  certification,
}: ServicePageProps) {
  const { datasets, consumers } = impact
  const isRead = service.state === 'active'
  return (
    <>
      <Header service={service} health={health} act={act} follow={follow} certification={certification} />
      <div className="grid gap-8 lg:grid-cols-[7fr_5fr]">
        <section aria-labelledby="served" className="min-w-0">
          <h2 id="served" className="mb-2 font-medium text-15">
            Features served, in order
          </h2>
          <Selection service={service} />
        </section>
        <section aria-label="Facts" className="min-w-0">
          <Facts service={service} />
          <Section className="mt-6" id="readers" title="Readers in 30 days">
            <RecentReaders consumers={consumers.slice(0, 5)} />
          </Section>
          {groups || !isRead ? null : (
            <>
              <h2 className="mt-6 mb-2 font-medium text-15">Read it online</h2>
              <CodeBlock language="cURL" code={onlineReadExample(service)} />
            </>
          )}
        </section>
      </div>
      {datasets.length > 0 ? (
        <Section
          className="mt-8"
          title="Training datasets"
          note="Built from it; each with the newest version that is."
        >
          <UsingDatasets
            datasets={datasets.map(({ service_version: taken, owner_team: owner, ...one }) => ({
              ...one,
              owner,
              taken: taken === null ? 'its features' : `${service.name}@${taken}`,
            }))}
          />
        </Section>
      ) : null}
      {groups && isRead ? (
        <Section
          className="mt-8"
          title="Read one key"
          note="As the model reads it: the newest values in the online store, with your rights; it counts as your read."
        >
          <ReadServiceKey service={service.name} environment={environment} groups={groups} />
        </Section>
      ) : null}
    </>
  )
}
