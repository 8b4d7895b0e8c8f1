import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { AnnounceForm } from '@/components/announcements/announce-form'
import { AnnouncementCallouts } from '@/components/announcements/announcement-callouts'
import { NotReady } from '@/components/layout/not-ready'
import { SettingsHeader } from '@/components/settings/settings-header'
import { Section } from '@/components/ui/section'
import { load } from '@/lib/http/page-context'
import { loadAnnouncements } from './load-announcements'

export const metadata: Metadata = { title: 'Announcements' }

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function AnnouncementsPage({ searchParams }: Props) {
  const { asset } = await searchParams
  const loaded = await load((ctx) => loadAnnouncements(ctx, typeof asset === 'string' ? asset : undefined))
  if (loaded.state === 'missing') notFound()
  const place = loaded.state === 'ready' ? loaded.value.asset : null
  return (
    <>
      <SettingsHeader
        current="announcements"
        description={
          place
            ? `What stands on the page of ${place.name} for a time; who follows it is told.`
            : 'What stands above every page for a time; everybody is told.'
        }
      />
      {loaded.state === 'ready' ? (
        <div className="flex flex-col gap-8">
          <Section title="Now and to come">
            {loaded.value.announcements.length > 0 ? (
              <div className="flex max-w-240 flex-col gap-2">
                <AnnouncementCallouts announcements={loaded.value.announcements} now={loaded.value.now} />
              </div>
            ) : (
              <p className="text-muted">Nothing is announced.</p>
            )}
          </Section>
          <Section title="Announce">
            {loaded.value.because === null ? (
              <AnnounceForm asset={loaded.value.asset} />
            ) : (
              <p className="text-muted">You cannot announce here. {loaded.value.because}</p>
            )}
          </Section>
        </div>
      ) : (
        <NotReady loaded={loaded} what="The announcements" />
      )}
    </>
  )
}
