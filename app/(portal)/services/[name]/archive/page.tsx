import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ArchiveServicePage } from '@/components/archive/archive-service-page'
import { ActHeader } from '@/components/layout/act-header'
import { NotReady } from '@/components/layout/not-ready'
import { authorize } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { load } from '@/lib/http/page-context'
import { getFeatureService, impactOfService, serviceFactsOf } from '@/lib/registry'

interface Props {
  params: Promise<{ name: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export const metadata: Metadata = { title: 'Archive' }

/** Errors: `forbidden` as the act itself would; `not_found`. */
async function loadArchive(ctx: Context, name: string) {
  await authorize(ctx, 'service:update', await serviceFactsOf(ctx, name))
  return { service: await getFeatureService(ctx, name), impact: await impactOfService(ctx, name) }
}

export default async function ArchivePage({ params, searchParams }: Props) {
  const [{ name }, { environment }] = await Promise.all([params, searchParams])
  const loaded = await load((ctx) => loadArchive(ctx, name), environment)
  if (loaded.state === 'missing') notFound()
  const isOut = loaded.state === 'ready' && loaded.value.service.state === 'archived'
  return (
    <>
      <ActHeader
        act="Archive"
        done="archived"
        isDone={isOut}
        name={name}
        href={`/services/${encodeURIComponent(name)}`}
        fullName={name}
      />
      {loaded.state === 'ready' ? (
        <ArchiveServicePage {...loaded.value} />
      ) : (
        <NotReady loaded={loaded} what="The form" />
      )}
    </>
  )
}
