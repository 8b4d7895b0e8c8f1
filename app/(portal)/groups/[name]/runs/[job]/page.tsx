import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { NotReady } from '@/components/layout/not-ready'
import { PageHeader } from '@/components/layout/page-header'
import { RunPage } from '@/components/runs/run-page'
import { load } from '@/lib/http/page-context'
import { loadRun } from './load-run'

interface Props {
  params: Promise<{ name: string; job: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Run of ${(await params).name}` }
}

export default async function RunRoute({ params, searchParams }: Props) {
  const { name, job } = await params
  const query = await searchParams
  const loaded = await load((ctx) => loadRun(ctx, { group: name, job }, query), query.environment)
  if (loaded.state === 'missing') notFound()
  const major = loaded.state === 'ready' ? `@${loaded.value.place.version}` : ''
  const group = `/groups/${encodeURIComponent(name)}`
  return (
    <>
      <PageHeader
        size="asset"
        title={`Run of ${name}${major}`}
        breadcrumbs={{
          crumbs: [
            { label: 'Catalogue', href: '/catalog' },
            { label: name, href: group, mono: true },
            { label: 'Runs', href: `${group}/runs` },
          ],
          fullName: name,
        }}
      />
      {loaded.state === 'ready' ? <RunPage {...loaded.value} /> : <NotReady loaded={loaded} what="The run" />}
    </>
  )
}
