import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { NotReady } from '@/components/layout/not-ready'
import { PageHeader } from '@/components/layout/page-header'
import { QuarantinePage } from '@/components/quarantine/quarantine-page'
import { load } from '@/lib/http/page-context'
import { loadQuarantine } from './load-quarantine'

interface Props {
  params: Promise<{ name: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Quarantine of ${(await params).name}` }
}

export default async function QuarantineRoute({ params, searchParams }: Props) {
  const { name } = await params
  const query = await searchParams
  const loaded = await load((ctx) => loadQuarantine(ctx, name, query), query.environment)
  if (loaded.state === 'missing') notFound()
  const major = loaded.state === 'ready' ? `@${loaded.value.target.version}` : ''
  return (
    <>
      <PageHeader
        size="asset"
        title={`Quarantine of ${name}${major}`}
        breadcrumbs={{
          crumbs: [
            { label: 'Catalogue', href: '/catalog' },
            { label: name, href: `/groups/${encodeURIComponent(name)}`, mono: true },
          ],
          fullName: name,
        }}
        description="Rows that were kept out when they arrived, each with what is wrong. Corrected and replayed, they come in as one commit."
      />
      {loaded.state === 'ready' ? (
        <QuarantinePage {...loaded.value} />
      ) : (
        <NotReady loaded={loaded} what="The quarantine" />
      )}
    </>
  )
}
