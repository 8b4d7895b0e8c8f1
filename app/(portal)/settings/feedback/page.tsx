import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { FeedbackView } from '@/components/feedback/feedback-view'
import { NotReady } from '@/components/layout/not-ready'
import { SettingsHeader } from '@/components/settings/settings-header'
import { readPreferences } from '@/components/ui/preferences'
import { load } from '@/lib/http/page-context'
import { openRow, type SettingsParams } from '../list-view'
import { askedOf, loadFeedback } from './load-feedback'

export const metadata: Metadata = { title: 'Feedback' }

export default async function FeedbackPage({ searchParams }: { searchParams: Promise<SettingsParams> }) {
  const params = await searchParams
  const { query, filter } = askedOf(params)
  const loaded = await load((ctx) => loadFeedback(ctx, query, openRow(params)))
  const { panel } = readPreferences(await cookies())
  return (
    <>
      <SettingsHeader
        current="feedback"
        description="What you and, where you look after it, others said was hard, and what became of it."
      />
      {loaded.state === 'ready' ? (
        <FeedbackView {...loaded.value} filter={filter} widthPx={panel} />
      ) : (
        <NotReady loaded={loaded} what="The list" />
      )}
    </>
  )
}
