import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { NotReady } from '@/components/layout/not-ready'
import { PageHeader } from '@/components/layout/page-header'
import { RunsPage } from '@/components/runs/runs-page'
import { load } from '@/lib/http/page-context'
import { loadRuns } from './load-runs'

interface Props {
  params: Promise<{ name: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Runs of ${(await params).name}` }
}

export default async function RunsRoute({ params, searchParams }: Props) {
  const { name } = await params
  const query = await searchParams
  const loaded = await load((ctx) => loadRuns(ctx, name, query), query.environment)
  if (loaded.state === 'missing') notFound()
  const major = loaded.state === 'ready' ? `@${loaded.value.place.version}` : ''
  return (
    <>
      <PageHeader
        size="asset"
        title={`Runs of ${name}${major}`}
        breadcrumbs={{
          crumbs: [
            { label: 'Catalogue', href: '/catalog' },
            { label: name, href: `/groups/${encodeURIComponent(name)}`, mono: true },
            { label: 'Runs' },
          ],
          fullName: name,
        }}
      />
      {loaded.state === 'ready' ? (
        <RunsPage {...loaded.value} />
      ) : (
        <NotReady loaded={loaded} what="The runs" />
      )}
    </>
  )
}
