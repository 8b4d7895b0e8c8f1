import type { Metadata } from 'next'
import { Inbox } from '@/components/inbox/inbox'
import type { InboxPlace } from '@/components/inbox/inbox-href'
import { NotReady } from '@/components/layout/not-ready'
import { PageHeader } from '@/components/layout/page-header'
import { ButtonLink } from '@/components/ui/button'
import { load } from '@/lib/http/page-context'
import { listNotifications } from '@/lib/notify'
import { listNotificationsQuery } from '@/lib/notify/operations'

export const metadata: Metadata = { title: 'Inbox' }

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function InboxRoute({ searchParams }: Props) {
  const { state, kind, unread, cursor } = await searchParams
  const asked = listNotificationsQuery.safeParse({ state, kind, unread, cursor })
  const query = asked.success ? asked.data : listNotificationsQuery.parse({})
  const place: InboxPlace = {
    state: query.state,
    kind: query.kind?.[0] ?? null,
    unread: query.unread !== undefined,
  }
  const loaded = await load((ctx) => listNotifications(ctx, query))
  return (
    <>
      <PageHeader
        title="Inbox"
        description="Who named you, what waits for you, and what changed in what you follow."
        actions={<ButtonLink href="/settings/notifications">What comes here</ButtonLink>}
      />
      {loaded.state === 'ready' ? (
        <Inbox key={JSON.stringify(place)} page={loaded.value} place={place} />
      ) : (
        <NotReady loaded={loaded} what="The inbox" />
      )}
    </>
  )
}
