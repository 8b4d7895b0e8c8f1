import Link from 'next/link'
import { assetHref } from '@/components/catalog/asset-href'
import { chooseHref } from '@/components/catalog/browse/browse-links'
import { HubFacts } from '@/components/catalog/hub/hub-facts'
import { HubGroups, type HubGroupsProps } from '@/components/catalog/hub/hub-groups'
import { hubVerdict } from '@/components/catalog/hub/hub-verdict'
import { EditLink } from '@/components/edit/edit-link'
import { PageHeader } from '@/components/layout/page-header'
import { ButtonLink } from '@/components/ui/button'
import { plural } from '@/components/ui/format-number'
import { Name } from '@/components/ui/name'
import { toRoute, withParams } from '@/components/ui/route'
import { Section } from '@/components/ui/section'
import { Time } from '@/components/ui/time'
import { type BrowseResource, type Hub, unstated } from '@/lib/catalog/operations'
import type { DomainResource } from '@/lib/registry/operations'

interface DomainPageProps extends Omit<HubGroupsProps, 'empty'> {
  domain: DomainResource
  hub: Hub
  /** The first of its entities, with counts. */
  entities: BrowseResource
  /** Null where it is the usual one. */
  environment: string | null
  mayEdit: boolean
}

/** The entities that the domain's groups describe, each with how much of it stands here. */
function Entities({ entities, browseHref }: Pick<DomainPageProps, 'entities'> & { browseHref: string }) {
  const { data, meta } = entities
  return (
    <Section
      title={plural(meta.total, 'entity', 'entities')}
      aside={
        <ButtonLink size="small" href={browseHref}>
          Browse
        </ButtonLink>
      }
    >
      {data.length === 0 ? (
        <p className="text-muted">No entity names this domain yet.</p>
      ) : (
        <ul className="border-t">
          {data.map(({ name, description, groups, features }) => (
            <li
              key={name}
              className="flex min-h-8 items-center justify-between gap-4 border-b py-1 max-md:min-h-11"
            >
              <span className="flex min-w-0 items-baseline gap-3">
                {name === unstated ? (
                  <span className="text-muted">no entity: one row</span>
                ) : (
                  <Name name={name} href={assetHref('entity', name)} />
                )}
                <span className="truncate text-12 text-muted max-md:hidden">
                  {description.split('\n')[0]}
                </span>
              </span>
              <span className="num shrink-0 text-12 text-muted">
                {plural(groups ?? 0, 'group')}, {plural(features ?? 0, 'feature')}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

/** A business area: its entities, its groups and their life, who owns, serves, feeds and reads them. */
export function DomainPage({ domain, hub, entities, environment, mayEdit, ...list }: DomainPageProps) {
  const listHref = (filter: Record<string, string>) =>
    withParams('/catalog', '', { environment, domain: domain.name, ...filter })
  const place = new URLSearchParams(environment === null ? {} : { environment })
  return (
    <>
      <PageHeader
        size="asset"
        breadcrumbs={{
          crumbs: [
            { label: 'Catalogue', href: '/catalog' },
            { label: 'Domains', href: '/domains' },
          ],
          fullName: domain.name,
        }}
        title={domain.name}
        description={domain.description || undefined}
        verdict={hubVerdict({
          hub,
          fresh: [...list.fresh.values()].map(({ state }) => state),
          groupsHref: listHref({ kind: 'group' }),
          featuresHref: listHref({ kind: 'feature' }),
        })}
        actions={<EditLink page={`/domains/${encodeURIComponent(domain.name)}`} may={mayEdit} />}
      />
      <div className="grid gap-8 xl:grid-cols-[minmax(0,8fr)_minmax(0,4fr)]">
        <div className="flex min-w-0 flex-col gap-6">
          <Entities entities={entities} browseHref={chooseHref(place, 'domain', domain.name)} />
          <Section
            title={plural(list.groups.meta.total, 'feature group')}
            aside={
              <ButtonLink size="small" href={listHref({ kind: 'feature' })}>
                All {plural(hub.features, 'feature')}
              </ButtonLink>
            }
          >
            <HubGroups {...list} empty="No feature group names this domain yet" />
          </Section>
        </div>
        <HubFacts
          hub={hub}
          ownerHref={(team) => listHref({ kind: 'group', team })}
          facts={[
            {
              term: 'Owner',
              value: (
                <Link className="link" href={toRoute(`/settings/teams?team=${domain.owner_team}`)}>
                  {domain.owner_team}
                </Link>
              ),
            },
            { term: 'Registered', value: <Time at={domain.created_at} precision="day" /> },
            { term: 'By', value: domain.created_by },
          ]}
        />
      </div>
    </>
  )
}
