import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ArchivePage } from '@/components/archive/archive-page'
import { NotReady } from '@/components/layout/not-ready'
import { PageHeader } from '@/components/layout/page-header'
import { load } from '@/lib/http/page-context'
import { loadArchive } from './load-archive'

interface Props {
  params: Promise<{ name: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export const metadata: Metadata = { title: 'Archive' }

export default async function ArchiveGroupPage({ params, searchParams }: Props) {
  const [{ name }, { version, environment }] = await Promise.all([params, searchParams])
  const loaded = await load((ctx) => loadArchive(ctx, name, version), environment)
  if (loaded.state === 'missing') notFound()
  const asked = typeof version === 'string' ? `@${version}` : ''
  const full = loaded.state === 'ready' ? `${name}@${loaded.value.version.version}` : `${name}${asked}`
  const isOut = loaded.state === 'ready' && loaded.value.version.state === 'archived'
  return (
    <>
      <PageHeader
        size="asset"
        breadcrumbs={{
          crumbs: [
            { label: 'Catalogue', href: '/catalog' },
            { label: name, href: `/groups/${encodeURIComponent(name)}`, mono: true },
            { label: 'Archive' },
          ],
          fullName: full,
        }}
        title={isOut ? `${full} is archived` : `Archive ${full}`}
      />
      {loaded.state === 'ready' ? (
        <ArchivePage {...loaded.value} />
      ) : (
        <NotReady loaded={loaded} what="The form" />
      )}
    </>
  )
}
