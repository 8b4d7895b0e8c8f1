import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { NotReady } from '@/components/layout/not-ready'
import { PageHeader } from '@/components/layout/page-header'
import { ReviewPage } from '@/components/review/review-page'
import { load } from '@/lib/http/page-context'
import { loadReview } from './load-review'

interface Props {
  params: Promise<{ name: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Review of ${(await params).name}` }
}

export default async function ReviewRoute({ params, searchParams }: Props) {
  const { name } = await params
  const { version, environment } = await searchParams
  const loaded = await load((ctx) => loadReview(ctx, name, version), environment)
  if (loaded.state === 'missing') notFound()
  const major = loaded.state === 'ready' ? loaded.value.version.version : null
  return (
    <>
      <PageHeader
        size="asset"
        title={`Review of ${name}${major === null ? '' : `@${major}`}`}
        breadcrumbs={{
          crumbs: [
            { label: 'Reviews', href: '/governance/reviews' },
            { label: name, href: `/groups/${encodeURIComponent(name)}`, mono: true },
          ],
          fullName: major === null ? name : `${name}@${major}`,
        }}
      />
      {loaded.state === 'ready' ? (
        <ReviewPage {...loaded.value} />
      ) : (
        <NotReady loaded={loaded} what="The review" />
      )}
    </>
  )
}
