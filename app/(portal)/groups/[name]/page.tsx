import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Suspense } from 'react'
import { NotReady } from '@/components/layout/not-ready'
import { load } from '@/lib/http/page-context'
import { Header } from './header'
import { loadGroup, type PageParams, tabOf } from './load-group'
import { GroupTabContent, TabSkeleton } from './tab-content'

interface Props {
  params: Promise<{ name: string }>
  searchParams: Promise<PageParams>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await params).name }
}

export default async function GroupPage({ params, searchParams }: Props) {
  const { name } = await params
  const query = await searchParams
  const loaded = await load((ctx) => loadGroup(ctx, name, query), query.environment)
  if (loaded.state === 'missing') notFound()
  if (loaded.state !== 'ready') return <NotReady loaded={loaded} what={`Feature group ${name}`} />
  const view = loaded.value
  const tab = tabOf(query)
  return (
    <>
      <Header view={view} tab={tab} />
      <Suspense key={JSON.stringify([tab, view.place])} fallback={<TabSkeleton tab={tab} />}>
        <GroupTabContent tab={tab} view={view} query={query} />
      </Suspense>
    </>
  )
}
