import type { ReactNode } from 'react'
import { assetHref } from '@/components/catalog/asset-href'
import { EditLink } from '@/components/edit/edit-link'
import { KindGlyph } from '@/components/icons/kind-glyph'
import { PageHeader } from '@/components/layout/page-header'
import { CodeBlock } from '@/components/ui/code-block'
import { EmptyState } from '@/components/ui/empty-state'
import { FactsList } from '@/components/ui/facts-list'
import { Name } from '@/components/ui/name'
import { Time } from '@/components/ui/time'
import type { SourceResource } from '@/lib/registry/operations'

interface SourcePageProps {
  source: SourceResource
  /** The button that follows it. */
  follow: ReactNode
  mayEdit: boolean
}

/** Where raw data comes from, and what is made of it. */
export function SourcePage({ source, follow, mayEdit }: SourcePageProps) {
  return (
    <>
      <PageHeader
        size="asset"
        breadcrumbs={{
          crumbs: [
            { label: 'Catalogue', href: '/catalog' },
            { label: 'Sources', href: '/catalog?kind=source' },
          ],
          fullName: source.name,
        }}
        before={<KindGlyph kind="source" />}
        title={source.name}
        description={source.description}
        actions={
          <>
            {follow}
            <EditLink page={assetHref('source', source.name)} may={mayEdit} />
          </>
        }
      />
      <div className="grid gap-8 lg:grid-cols-[7fr_5fr]">
        <section aria-labelledby="made" className="min-w-0">
          <h2 id="made" className="mb-2 font-medium text-15">
            Feature groups made of it
          </h2>
          {source.groups.length === 0 ? (
            <EmptyState title="No group reads this source yet" />
          ) : (
            <ul className="border-t">
              {source.groups.map((group) => (
                <li key={group} className="flex h-8 items-center border-b max-md:h-11">
                  <Name name={group} href={assetHref('group', group)} />
                </li>
              ))}
            </ul>
          )}
          <h2 className="mt-6 mb-2 font-medium text-15">Configuration</h2>
          <CodeBlock language="JSON" code={JSON.stringify(source.config, null, 2)} />
        </section>
        <FactsList
          facts={[
            { term: 'Kind', value: source.kind },
            { term: 'Owner', value: source.owner_team },
            { term: 'Freshness promised', value: source.freshness ?? 'none' },
            { term: 'Registered', value: <Time at={source.created_at} precision="day" /> },
          ]}
        />
      </div>
    </>
  )
}
