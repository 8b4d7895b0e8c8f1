import type { Metadata } from 'next'
import { NotReady } from '@/components/layout/not-ready'
import { DesertedTeams } from '@/components/ownership/deserted-teams'
import { JoinRequests } from '@/components/ownership/join-requests'
import { Transfers } from '@/components/ownership/transfers'
import { SettingsHeader } from '@/components/settings/settings-header'
import { ButtonLink } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Section } from '@/components/ui/section'
import { load } from '@/lib/http/page-context'
import { loadOwnership } from './load-ownership'

export const metadata: Metadata = { title: 'Ownership' }

export default async function OwnershipPage() {
  const loaded = await load(loadOwnership)
  return (
    <>
      <SettingsHeader
        current="ownership"
        description="Assets on their way from team to team, people who want to join one, and what nobody looks after."
      />
      {loaded.state === 'ready' ? (
        <div className="flex max-w-240 flex-col gap-8">
          {loaded.value.deserted.length > 0 ? (
            <Section title="Nobody is left in these teams" note="Hand what they own to another team.">
              <DesertedTeams teams={loaded.value.deserted} />
            </Section>
          ) : null}
          <Section title="Waiting for a decision">
            {loaded.value.open.length > 0 ? (
              <Transfers label="Waiting for a decision" transfers={loaded.value.open} />
            ) : (
              <EmptyState
                title="Nothing is handed over now"
                action={<ButtonLink href="/settings/teams">Teams</ButtonLink>}
              >
                An asset’s menu has “Hand to another team…”, and a team’s panel hands over all that it owns.
              </EmptyState>
            )}
          </Section>
          {loaded.value.requests.length > 0 ? (
            <Section title="Requests to join a team">
              <JoinRequests requests={loaded.value.requests} />
            </Section>
          ) : null}
          {loaded.value.decided.length > 0 ? (
            <Section title="Decided">
              <Transfers label="Decided" transfers={loaded.value.decided} />
            </Section>
          ) : null}
        </div>
      ) : (
        <NotReady loaded={loaded} what="Who owns what" />
      )}
    </>
  )
}
