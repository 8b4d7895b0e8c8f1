import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { NotReady } from '@/components/layout/not-ready'
import { PageHeader } from '@/components/layout/page-header'
import { NewVersionForm } from '@/components/new-version/new-version-form'
import { load } from '@/lib/http/page-context'
import { loadNewVersion } from './load-new-version'

interface Props {
  params: Promise<{ name: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Change ${(await params).name}` }
}

export default async function NewVersionPage({ params, searchParams }: Props) {
  const { name } = await params
  const loaded = await load((ctx) => loadNewVersion(ctx, name), (await searchParams).environment)
  if (loaded.state === 'missing') notFound()
  return (
    <>
      <PageHeader
        size="asset"
        breadcrumbs={{
          crumbs: [
            { label: 'Catalogue', href: '/catalog' },
            { label: name, href: `/groups/${encodeURIComponent(name)}` },
            { label: 'Change the definition' },
          ],
        }}
        title={`Change the definition of ${name}`}
        description="A compatible change becomes a revision; anything else a new version with data of its own."
      />
      {loaded.state === 'ready' ? (
        <NewVersionForm {...loaded.value} />
      ) : (
        <NotReady loaded={loaded} what="The form" />
      )}
    </>
  )
}
