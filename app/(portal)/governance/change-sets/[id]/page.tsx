import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { NotReady } from '@/components/layout/not-ready'
import { PageHeader } from '@/components/layout/page-header'
import { ChangeSetPage } from '@/components/review/change-set-page'
import { getChangeSet } from '@/lib/governance'
import { load } from '@/lib/http/page-context'

export const metadata: Metadata = { title: 'Change set' }

interface Props {
  params: Promise<{ id: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function ChangeSetRoute({ params, searchParams }: Props) {
  const { id } = await params
  const { environment } = await searchParams
  const loaded = await load((ctx) => getChangeSet(ctx, id), environment)
  if (loaded.state === 'missing') notFound()
  const title = loaded.state === 'ready' ? loaded.value.title : 'Change set'
  return (
    <>
      <PageHeader
        size="asset"
        title={title}
        breadcrumbs={{ crumbs: [{ label: 'Reviews', href: '/governance/reviews' }], fullName: title }}
      />
      {loaded.state === 'ready' ? (
        <ChangeSetPage set={loaded.value} />
      ) : (
        <NotReady loaded={loaded} what="The change set" />
      )}
    </>
  )
}
