import type { ReactNode } from 'react'
import { assetHref } from '@/components/catalog/asset-href'
import { HubFacts } from '@/components/catalog/hub/hub-facts'
import { HubGroups, type HubGroupsProps } from '@/components/catalog/hub/hub-groups'
import { hubVerdict } from '@/components/catalog/hub/hub-verdict'
import { DomainLink } from '@/components/domain/domain-link'
import { EditLink } from '@/components/edit/edit-link'
import { KindGlyph } from '@/components/icons/kind-glyph'
import { PageHeader } from '@/components/layout/page-header'
import { ButtonLink } from '@/components/ui/button'
import { plural } from '@/components/ui/format-number'
import { withParams } from '@/components/ui/route'
import { Section } from '@/components/ui/section'
import { Time } from '@/components/ui/time'
import type { Hub } from '@/lib/catalog/operations'
import type { EntityResource } from '@/lib/registry/operations'

interface EntityPageProps extends Omit<HubGroupsProps, 'empty'> {
  entity: EntityResource
  hub: Hub
  /** Null where it is the usual one. */
  environment: string | null
  /** The button that follows it. */
  follow: ReactNode
  mayEdit: boolean
}

/** All that is known about one kind of thing: its keys, its groups and their life, who serves, feeds and reads them. */
export function EntityPage({ entity, hub, environment, follow, mayEdit, ...list }: EntityPageProps) {
  const listHref = (filter: Record<string, string>) =>
    withParams('/catalog', '', { environment, entity: entity.name, ...filter })
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
        verdict={hubVerdict({
          hub,
          fresh: [...list.fresh.values()].map(({ state }) => state),
          groupsHref: listHref({ kind: 'group' }),
          featuresHref: listHref({ kind: 'feature' }),
        })}
        actions={
          <>
            {follow}
            <EditLink page={assetHref('entity', entity.name)} may={mayEdit} />
          </>
        }
      />
      <div className="grid gap-8 xl:grid-cols-[minmax(0,8fr)_minmax(0,4fr)]">
        <Section
          title={plural(list.groups.meta.total, 'feature group')}
          aside={
            <ButtonLink size="small" href={listHref({ kind: 'feature' })}>
              All {plural(hub.features, 'feature')}
            </ButtonLink>
          }
        >
          <HubGroups {...list} empty="No feature group describes this entity yet" />
        </Section>
        <HubFacts
          hub={hub}
          ownerHref={(team) => listHref({ kind: 'group', team })}
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
