import { plural } from '@/components/ui/format-number'
import { Section } from '@/components/ui/section'
import type { ReviewResource } from '@/lib/governance/operations'
import { ReviewQueue } from './review-queue'

interface ReviewsPageProps {
  reviews: readonly ReviewResource[]
  /** How many wait in all; the page shows the first ones. */
  total: number
  now: string
}

/** The queue: what the reader can take further, then what waits for others. */
export function ReviewsPage({ reviews, total, now }: ReviewsPageProps) {
  const mine = reviews.filter((one) => one.waits_for_me)
  const others = reviews.filter((one) => !one.waits_for_me)
  return (
    <div className="flex flex-col gap-8">
      <Section
        title="Waiting for you"
        aside={mine.length > 0 ? `${plural(mine.length, 'review')} · j k move, x chooses` : undefined}
      >
        {mine.length > 0 ? (
          <ReviewQueue selectable label="Waiting for you" reviews={mine} now={now} />
        ) : (
          <p className="prose text-muted">
            Nothing. Versions in review that you may approve, approved ones that you may promote, and drafts
            of yours and of your teams come here.
          </p>
        )}
      </Section>
      {others.length > 0 ? (
        <Section title="Waiting for others" aside={plural(others.length, 'review')}>
          <ReviewQueue label="Waiting for others" reviews={others} now={now} />
        </Section>
      ) : null}
      {total > reviews.length ? (
        <p className="text-muted">
          The first {plural(reviews.length, 'review')} of {total}; the next ones move up as these are decided.
        </p>
      ) : null}
    </div>
  )
}
