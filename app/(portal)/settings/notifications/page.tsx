import type { Metadata } from 'next'
import { Following } from '@/components/inbox/following'
import { Preferences } from '@/components/inbox/preferences'
import { NotReady } from '@/components/layout/not-ready'
import { SettingsHeader } from '@/components/settings/settings-header'
import { ButtonLink } from '@/components/ui/button'
import { Section } from '@/components/ui/section'
import { load } from '@/lib/http/page-context'
import { listFollows, listPreferences } from '@/lib/notify'
import { listFollowsQuery } from '@/lib/notify/operations'

export const metadata: Metadata = { title: 'Notifications' }

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function NotificationsPage({ searchParams }: Props) {
  const { cursor } = await searchParams
  const asked = listFollowsQuery.safeParse({ cursor })
  const loaded = await load(async (ctx) => ({
    preferences: await listPreferences(ctx),
    follows: await listFollows(ctx, asked.success ? asked.data : { limit: 50 }),
  }))
  return (
    <>
      <SettingsHeader
        current="notifications"
        description="What comes to your inbox. Nobody else sees what you turned off or what you follow."
        actions={<ButtonLink href="/inbox">Open the inbox</ButtonLink>}
      />
      {loaded.state === 'ready' ? (
        <div className="flex flex-col gap-8">
          <Section title="Kinds">
            <Preferences preferences={loaded.value.preferences.data} />
          </Section>
          <Following page={loaded.value.follows} />
        </div>
      ) : (
        <NotReady loaded={loaded} what="What comes to your inbox" />
      )}
    </>
  )
}
