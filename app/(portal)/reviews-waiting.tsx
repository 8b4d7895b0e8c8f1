import { ClipboardCheck } from 'lucide-react'
import Link from 'next/link'
import { formatCount, plural } from '@/components/ui/format-number'
import { toRoute } from '@/components/ui/route'
import { countReviews } from '@/lib/governance'
import { load } from '@/lib/http/page-context'

/** What waits for the reader's decision; nothing for those who may decide nothing, and while nothing waits. */
export async function ReviewsWaiting() {
  const loaded = await load(countReviews)
  if (loaded.state !== 'ready') return null
  const waiting = loaded.value
  if (waiting === 0) return null
  const text = `${plural(waiting, 'review')} waiting`
  return (
    <Link
      href={toRoute('/governance/reviews')}
      aria-label={text}
      className="flex h-7 shrink-0 items-center gap-1.5 rounded-control px-2 text-12 text-accent hover:bg-accent-tint max-md:h-11"
    >
      <ClipboardCheck aria-hidden className="size-4" />
      <span className="num md:hidden">{formatCount(waiting)}</span>
      <span className="num max-md:hidden">{text}</span>
    </Link>
  )
}
