import type { Metadata } from 'next'
import { NotReady } from '@/components/layout/not-ready'
import { SessionsList } from '@/components/settings/sessions-list'
import { SettingsHeader } from '@/components/settings/settings-header'
import { ButtonLink } from '@/components/ui/button'
import { load } from '@/lib/http/page-context'
import { listSessions } from '@/lib/identity'

export const metadata: Metadata = { title: 'Sessions' }

export default async function SessionsPage() {
  const loaded = await load((ctx) => listSessions(ctx, {}))
  return (
    <>
      <SettingsHeader
        current="sessions"
        description="Browsers in which you are signed in. End one that you do not know, and ask an administrator for a sign-in link to set a new password."
        actions={<ButtonLink href="/sign-out">Sign out here</ButtonLink>}
      />
      {loaded.state === 'ready' ? (
        <div className="max-w-180">
          <SessionsList sessions={loaded.value.data} />
        </div>
      ) : (
        <NotReady loaded={loaded} what="The list of sessions" />
      )}
    </>
  )
}
