import Link from 'next/link'
import { DetailPanel } from '@/components/layout/detail-panel'
import { ButtonLink } from '@/components/ui/button'
import { FactsList } from '@/components/ui/facts-list'
import { toRoute } from '@/components/ui/route'
import { Time } from '@/components/ui/time'
import type { TeamResource } from '@/lib/identity/operations'
import { AddMember } from './add-member'
import { AskToJoin } from './ask-to-join'
import { MembershipSelect } from './membership-select'
import { RemoveMember } from './remove-member'
import { TeamActions } from './team-actions'

export interface Candidate {
  email: string
  name: string
}

interface TeamPanelProps {
  team: TeamResource
  /** Null: the reader may change its members; otherwise why not. */
  because: string | null
  /** People to choose from; empty where the reader may not list them. */
  candidates: readonly Candidate[]
  /** Whether the reader belongs to it. */
  isMember: boolean
  closeHref: string
  widthPx: number
}

function Members({ team, canManage }: { team: TeamResource; canManage: boolean }) {
  if (team.members.length === 0) return <p className="text-muted">Nobody yet.</p>
  return (
    <ul className="border-t">
      {team.members.map((member) => (
        <li key={member.id} className="flex min-h-10 items-center justify-between gap-3 border-b py-1">
          <span className="flex min-w-0 flex-col">
            <span className="truncate">{member.name}</span>
            {member.kind === 'service' ? <span className="text-12 text-muted">service account</span> : null}
          </span>
          {canManage ? (
            <span className="flex shrink-0 items-center gap-2">
              <MembershipSelect team={team.name} member={member} />
              <RemoveMember team={team.name} member={member} />
            </span>
          ) : (
            <span className="text-muted">{member.membership}</span>
          )}
        </li>
      ))}
    </ul>
  )
}

/** One team: what it is for, who belongs to it, what it owns. */
export function TeamPanel({ team, because, candidates, isMember, closeHref, widthPx }: TeamPanelProps) {
  const canManage = because === null
  return (
    <DetailPanel
      title={team.display_name}
      label={`Team ${team.name}`}
      closeHref={closeHref}
      widthPx={widthPx}
    >
      <div className="flex flex-col gap-5">
        {team.description ? <p className="prose">{team.description}</p> : null}
        <FactsList
          facts={[
            { term: 'Name', value: <span className="font-mono text-12">{team.name}</span> },
            { term: 'Made', value: <Time at={team.created_at} /> },
            {
              term: 'Owns',
              value: (
                <Link className="link" href={toRoute(`/catalog?team=${encodeURIComponent(team.name)}`)}>
                  its assets in the catalogue
                </Link>
              ),
            },
          ]}
        />
        {canManage ? <TeamActions team={team} afterHref={closeHref} /> : null}
        <div className="flex flex-wrap gap-2">
          {canManage ? (
            <ButtonLink size="small" href={`/settings/ownership/new?team=${encodeURIComponent(team.name)}`}>
              Hand over what it owns…
            </ButtonLink>
          ) : null}
          {isMember ? null : <AskToJoin team={team.name} />}
        </div>
        <section aria-labelledby="members" className="flex flex-col gap-3">
          <h3 id="members" className="font-medium">
            Members
          </h3>
          <Members team={team} canManage={canManage} />
          {canManage ? (
            <AddMember team={team.name} candidates={candidates} />
          ) : (
            <p className="text-12 text-muted">You cannot change its members. {because}</p>
          )}
        </section>
      </div>
    </DetailPanel>
  )
}
