import Link from 'next/link'
import type { ReactNode } from 'react'
import { ArchivalCallout } from '@/components/archive/archival-callout'
import { assetHref } from '@/components/catalog/asset-href'
import { DayStrip } from '@/components/charts/day-strip'
import { UsingDatasets } from '@/components/dataset/using-datasets'
import { EditLink } from '@/components/edit/edit-link'
import { RecentReaders } from '@/components/feature-group/recent-readers'
import { KindGlyph } from '@/components/icons/kind-glyph'
import { PageHeader } from '@/components/layout/page-header'
import { CodeBlock } from '@/components/ui/code-block'
import { FactsList } from '@/components/ui/facts-list'
import { Lifecycle } from '@/components/ui/lifecycle'
import { toRoute } from '@/components/ui/route'
import { Section } from '@/components/ui/section'
import { Time } from '@/components/ui/time'
import { type Ended, type Selection, usableSelection } from '@/components/use-it/asset'
import { UseIt } from '@/components/use-it/use-it'
import type {
  ServiceImpactResource,
  ServiceResource,
  ServiceVersionResource,
} from '@/lib/registry/operations'
import { onlineReadExample } from './online-read-example'
import { ReadServiceKey, type ServedGroup } from './read-service-key'
import { type ServedFeature, ServedFeatures } from './served-features'
import { ServiceActions } from './service-actions'
import { type ServiceHealth, serviceVerdict } from './service-health'
import { type ServiceTab, serviceHref, serviceTabs, tabLabels } from './service-tabs'
import { ServiceVersions } from './service-versions'

function Facts({ service }: { service: ServiceResource }) {
  return (
    <FactsList
      facts={[
        {
          term: 'Owner',
          value: (
            <Link
              className="link"
              href={toRoute(`/settings/teams?open=${encodeURIComponent(service.owner_team)}`)}
            >
              {service.owner_team}
            </Link>
          ),
        },
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
  served: readonly ServedFeature[]
  versions: readonly ServiceVersionResource[]
  tab: ServiceTab
  /** Whether its reader may change it. */
  act: { allowed: boolean; because: string }
  /** Null: the reader may not know of all that the service reads. */
  groups:
    | readonly (ServedGroup & Selection['groups'][number] & { online: boolean; ended: Ended | null })[]
    | null
  environment: string
  /** The button that follows it. */
  follow: ReactNode
  /** The word that says whether it is certified. */
  certification: ReactNode
  /** In place of the overview: who reads it, and what was changed. */
  usage: ReactNode
  activity: ReactNode
}

function Use({ service, groups, environment }: Pick<ServicePageProps, 'service' | 'groups' | 'environment'>) {
  if (!groups || service.state !== 'active') return null
  const asset = usableSelection(service.name, { feature_service: service.name }, groups)
  return <UseIt asset={asset} environment={environment} mayRead />
}

function Header(props: ServicePageProps) {
  const { service, health, act, follow, certification, tab, environment, versions } = props
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
          <Use {...props} />
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
      tabs={serviceTabs.map((one) => ({
        label: tabLabels[one],
        href: serviceHref(service.name, one, environment),
        current: one === tab,
        ...(one === 'versions' ? { count: versions.length } : {}),
      }))}
    />
  )
}

function Overview({ service, impact, groups, environment }: ServicePageProps) {
  const { datasets, consumers } = impact
  const isRead = service.state === 'active'
  return (
    <>
      <div className="grid gap-8 lg:grid-cols-[7fr_5fr]">
        <Readable service={service} groups={groups} environment={environment} isRead={isRead} />
        <section aria-label="Facts" className="min-w-0">
          <Facts service={service} />
          <Section className="mt-6" id="readers" title="Readers in 30 days">
            <RecentReaders consumers={consumers.slice(0, 5)} />
          </Section>
        </section>
      </div>
      <Section
        className="mt-8"
        title="Training datasets"
        note="Built from it; each with the newest version that is."
        aside={
          isRead ? (
            <Link
              className="link"
              href={toRoute(`/datasets/new?service=${encodeURIComponent(service.name)}`)}
            >
              Build a dataset
            </Link>
          ) : null
        }
      >
        {datasets.length > 0 ? (
          <UsingDatasets
            datasets={datasets.map(({ service_version: taken, owner_team: owner, ...one }) => ({
              ...one,
              owner,
              taken: taken === null ? 'its features' : `${service.name}@${taken}`,
            }))}
          />
        ) : (
          <p className="text-muted">None was built from it yet.</p>
        )}
      </Section>
    </>
  )
}

type ReadableProps = Pick<ServicePageProps, 'service' | 'groups' | 'environment'> & { isRead: boolean }

/** What it serves, and a real read of one key; the bare call where its reader may not know of all that it reads. */
function Readable({ service, groups, environment, isRead }: ReadableProps) {
  if (!isRead) return <p className="text-muted">It is archived: nothing reads it.</p>
  if (!groups)
    return (
      <Section title="Read it online">
        <CodeBlock language="cURL" code={onlineReadExample(service)} />
      </Section>
    )
  return (
    <Section
      title="Read one key"
      note="As the model reads it: the newest values in the online store, with your rights; it counts as your read."
    >
      <ReadServiceKey service={service.name} environment={environment} groups={groups} />
    </Section>
  )
}

/** A feature service: what one model consumes, with the versions that were pinned when it was saved. */
export function ServicePage(props: ServicePageProps) {
  const { tab, served, versions, usage, activity } = props
  return (
    <>
      <Header {...props} />
      {tab === 'overview' ? (
        <>
          <Section id="served" className="mb-8" title="Features served, in order">
            <ServedFeatures features={served} />
          </Section>
          <Overview {...props} />
        </>
      ) : null}
      {tab === 'versions' ? <ServiceVersions versions={versions} /> : null}
      {tab === 'usage' ? usage : null}
      {tab === 'activity' ? activity : null}
    </>
  )
}
