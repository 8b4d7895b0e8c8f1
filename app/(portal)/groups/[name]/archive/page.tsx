import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ArchivePage } from '@/components/archive/archive-page'
import { ActHeader } from '@/components/layout/act-header'
import { NotReady } from '@/components/layout/not-ready'
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
      <ActHeader
        act="Archive"
        done="archived"
        isDone={isOut}
        name={name}
        href={`/groups/${encodeURIComponent(name)}`}
        fullName={full}
      />
      {loaded.state === 'ready' ? (
        <ArchivePage {...loaded.value} />
      ) : (
        <NotReady loaded={loaded} what="The form" />
      )}
    </>
  )
}
