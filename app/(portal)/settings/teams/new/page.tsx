import type { Metadata } from 'next'
import { NotReady } from '@/components/layout/not-ready'
import { NewHeader } from '@/components/settings/settings-header'
import { TeamForm } from '@/components/settings/team-form'
import { authorize } from '@/lib/audit'
import { systemResource } from '@/lib/authz'
import { load } from '@/lib/http/page-context'

export const metadata: Metadata = { title: 'Make a team' }

export default async function NewTeamPage() {
  const loaded = await load((ctx) => authorize(ctx, 'people:manage', systemResource))
  return (
    <>
      <NewHeader title="Make a team" list={{ label: 'Teams', href: '/settings/teams' }} />
      {loaded.state === 'ready' ? <TeamForm /> : <NotReady loaded={loaded} what="The form" />}
    </>
  )
}
