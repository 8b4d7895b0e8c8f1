import Link from 'next/link'
import { assetHref } from '@/components/catalog/asset-href'
import { EditLink } from '@/components/edit/edit-link'
import { PageHeader } from '@/components/layout/page-header'
import { EmptyState } from '@/components/ui/empty-state'
import { FactsList } from '@/components/ui/facts-list'
import { plural } from '@/components/ui/format-number'
import { Name } from '@/components/ui/name'
import { toRoute } from '@/components/ui/route'
import { Section } from '@/components/ui/section'
import { Time } from '@/components/ui/time'
import type { DomainResource } from '@/lib/registry/operations'

interface MembersProps {
  title: string
  kind: 'entity' | 'group'
  names: readonly string[]
  empty: string
}

function Members({ title, kind, names, empty }: MembersProps) {
  return (
    <Section title={title}>
      {names.length === 0 ? (
        <EmptyState title={empty} />
      ) : (
        <ul className="border-t">
          {names.map((name) => (
            <li key={name} className="flex h-8 items-center border-b max-md:h-11">
              <Name name={name} href={assetHref(kind, name)} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

/** A business area: whose it is, and the entities and groups in it. */
export function DomainPage({ domain, mayEdit }: { domain: DomainResource; mayEdit: boolean }) {
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
        actions={<EditLink page={`/domains/${encodeURIComponent(domain.name)}`} may={mayEdit} />}
      />
      <div className="grid gap-8 lg:grid-cols-[7fr_5fr]">
        <div className="flex min-w-0 flex-col gap-6">
          <Members
            title={plural(domain.entities.length, 'entity', 'entities')}
            kind="entity"
            names={domain.entities}
            empty="No entity names this domain yet"
          />
          <Members
            title={plural(domain.groups.length, 'feature group')}
            kind="group"
            names={domain.groups}
            empty="No feature group names this domain yet"
          />
        </div>
        <FactsList
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
