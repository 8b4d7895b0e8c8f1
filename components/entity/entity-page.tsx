import type { ReactNode } from 'react'
import { assetHref } from '@/components/catalog/asset-href'
import { DomainLink } from '@/components/domain/domain-link'
import { EditLink } from '@/components/edit/edit-link'
import { KindGlyph } from '@/components/icons/kind-glyph'
import { PageHeader } from '@/components/layout/page-header'
import { FactsList } from '@/components/ui/facts-list'
import { plural } from '@/components/ui/format-number'
import { Time } from '@/components/ui/time'
import type { EntityResource, GroupSummaryResource } from '@/lib/registry/operations'
import { GroupList } from './group-list'

interface EntityPageProps {
  entity: EntityResource
  groups: readonly GroupSummaryResource[]
  /** The button that follows it. */
  follow: ReactNode
  mayEdit: boolean
}

/** What is known about one kind of thing: its keys and every group that describes it. */
export function EntityPage({ entity, groups, follow, mayEdit }: EntityPageProps) {
  const features = groups.reduce((total, group) => total + group.feature_count, 0)
  return (
    <>
      <PageHeader
        size="asset"
        breadcrumbs={{
          crumbs: [
            { label: 'Catalogue', href: '/catalog' },
            { label: 'Entities', href: '/catalog?kind=entity' },
          ],
          fullName: entity.name,
        }}
        before={<KindGlyph kind="entity" />}
        title={entity.name}
        description={entity.description}
        actions={
          <>
            {follow}
            <EditLink page={assetHref('entity', entity.name)} may={mayEdit} />
          </>
        }
      />
      <div className="grid gap-8 lg:grid-cols-[7fr_5fr]">
        <section aria-labelledby="known" className="min-w-0">
          <h2 id="known" className="mb-2 font-medium text-15">
            {plural(features, 'feature')} in {plural(groups.length, 'group')}
          </h2>
          <GroupList groups={groups} empty="No feature group describes this entity yet" />
        </section>
        <FactsList
          facts={[
            {
              term: 'Keys',
              value: entity.keys.map(({ name, type }) => (
                <span key={name} className="ml-3 font-mono text-12">
                  {name} <span className="text-muted">{type}</span>
                </span>
              )),
            },
            { term: 'Owner', value: entity.owner_team },
            { term: 'Domain', value: <DomainLink domain={entity.domain} /> },
            { term: 'Registered', value: <Time at={entity.created_at} precision="day" /> },
          ]}
        />
      </div>
    </>
  )
}
