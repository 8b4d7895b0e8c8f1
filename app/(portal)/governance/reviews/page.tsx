import type { Metadata } from 'next'
import { governanceTabs } from '@/components/governance/governance-tabs'
import { NotReady } from '@/components/layout/not-ready'
import { PageHeader } from '@/components/layout/page-header'
import { ReviewsPage } from '@/components/review/reviews-page'
import { clockNow } from '@/lib/core/clock'
import { listReviews } from '@/lib/governance'
import { listReviewsQuery } from '@/lib/governance/operations'
import { load } from '@/lib/http/page-context'

export const metadata: Metadata = { title: 'Reviews' }

const query = listReviewsQuery.parse({ limit: 200 })

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function ReviewsRoute({ searchParams }: Props) {
  const { environment } = await searchParams
  const loaded = await load((ctx) => listReviews(ctx, query), environment)
  return (
    <>
      <PageHeader
        title="Reviews"
        description="Versions on their way to being served: drafts, what waits for a second person, and what is approved and not promoted yet."
        tabs={governanceTabs('reviews')}
      />
      {loaded.state === 'ready' ? (
        <ReviewsPage
          reviews={loaded.value.data}
          total={loaded.value.meta.total}
          now={clockNow().toISOString()}
        />
      ) : (
        <NotReady loaded={loaded} what="The reviews" />
      )}
    </>
  )
}
