import Link from 'next/link'
import type { ReactNode } from 'react'
import { assetHref } from '@/components/catalog/asset-href'
import { EditLink } from '@/components/edit/edit-link'
import { KindGlyph } from '@/components/icons/kind-glyph'
import { PageHeader } from '@/components/layout/page-header'
import { CodeBlock } from '@/components/ui/code-block'
import { FactsList } from '@/components/ui/facts-list'
import { toRoute } from '@/components/ui/route'
import { Section } from '@/components/ui/section'
import { Time } from '@/components/ui/time'
import type { SourceResource } from '@/lib/registry/operations'
import { FedGroups } from './fed-groups'
import { type FedGroup, lastArrival, newestRow, promiseWords, sourceVerdict } from './source-health'

export const sourceTabs = ['overview', 'activity'] as const
export type SourceTab = (typeof sourceTabs)[number]

interface SourcePageProps {
  source: SourceResource
  groups: readonly FedGroup[]
  /** The portal's clock, RFC 3339. */
  now: string
  environment: string
  tab: SourceTab
  /** The button that follows it. */
  follow: ReactNode
  mayEdit: boolean
  /** In place of the overview: what was changed. */
  activity: ReactNode
}

const kindWords: Record<string, string> = {
  push: 'push: rows are sent to the interface',
  file: 'files under sources/',
  table: 'table of another database',
}

const tabHref = (name: string, tab: SourceTab, environment: string) => {
  const query = new URLSearchParams()
  if (tab !== 'overview') query.set('tab', tab)
  if (environment !== 'prod') query.set('environment', environment)
  const text = query.toString()
  return `${assetHref('source', name)}${text ? `?${text}` : ''}`
}

function Header({ source, groups, now, environment, tab, follow, mayEdit }: SourcePageProps) {
  return (
    <PageHeader
      size="asset"
      breadcrumbs={{
        crumbs: [
          { label: 'Catalogue', href: '/catalog' },
          { label: 'Sources', href: '/catalog?kind=source' },
          { label: source.name, mono: true },
        ],
        fullName: source.name,
      }}
      before={<KindGlyph kind="source" title="Data source" className="text-muted" />}
      title={source.name}
      after={source.sample ? <span className="text-12 text-muted">sample</span> : null}
      description={source.description}
      verdict={sourceVerdict({ freshness: source.freshness, groups, team: source.owner_team, now })}
      actions={
        <>
          {follow}
          <EditLink page={assetHref('source', source.name)} may={mayEdit} />
        </>
      }
      tabs={[
        {
          label: 'Overview',
          href: tabHref(source.name, 'overview', environment),
          current: tab === 'overview',
        },
        {
          label: 'Activity',
          href: tabHref(source.name, 'activity', environment),
          current: tab === 'activity',
        },
      ]}
    />
  )
}

function Facts({ source, groups }: Pick<SourcePageProps, 'source' | 'groups'>) {
  const [arrived, newest] = [lastArrival(groups), newestRow(groups)]
  return (
    <FactsList
      facts={[
        { term: 'Kind', value: kindWords[source.kind] ?? source.kind },
        {
          term: 'Owner',
          value: (
            <Link
              className="link"
              href={toRoute(`/settings/teams?open=${encodeURIComponent(source.owner_team)}`)}
            >
              {source.owner_team}
            </Link>
          ),
        },
        { term: 'Freshness promised', value: promiseWords(source.freshness) },
        {
          term: 'Newest row',
          value: newest ? <Time at={newest} precision="second" /> : 'none yet',
          note: 'Of all groups made of it.',
        },
        { term: 'Last arrival', value: arrived ? <Time at={arrived} relative /> : 'none yet' },
        {
          term: 'Registered',
          value: <Time at={source.created_at} precision="day" />,
          note: `by ${source.created_by}`,
        },
        { term: 'Changed', value: <Time at={source.updated_at} relative /> },
      ]}
    />
  )
}

/** Where raw data comes from, what it promises, and what is made of it. */
export function SourcePage(props: SourcePageProps) {
  const { source, groups, tab, activity } = props
  return (
    <>
      <Header {...props} />
      {tab === 'activity' ? (
        activity
      ) : (
        <>
          <Section id="groups" className="mb-8" title="Feature groups made of it">
            <FedGroups groups={groups} />
          </Section>
          <div className="grid gap-8 lg:grid-cols-[7fr_5fr]">
            <Section
              title="Configuration"
              note="As it was registered; what a file holds is inferred when a group is registered from it."
            >
              <CodeBlock language="JSON" code={JSON.stringify(source.config, null, 2)} />
            </Section>
            <Section title="Facts">
              <Facts source={source} groups={groups} />
            </Section>
          </div>
        </>
      )}
    </>
  )
}
