import { MarkedProse } from '@/components/ui/marked-prose'
import { Time } from '@/components/ui/time'
import type { JoinRequestResource } from '@/lib/identity/operations'
import { ReasonDialog } from './reason-dialog'

function Acts({ one }: { one: JoinRequestResource }) {
  const path = (act: string) => `/api/v1/join-requests/${one.id}/${act}`
  const name = `the request of ${one.person.name}`
  return (
    <span className="flex shrink-0 flex-wrap gap-2">
      {one.may_decide && !one.mine ? (
        <>
          <ReasonDialog
            label="Accept…"
            action="Accept"
            name={name}
            title={`Take ${one.person.name} into team ${one.team}`}
            effect="As a member, with what members of the team may do."
            path={path('accept')}
            variant="primary"
          />
          <ReasonDialog
            label="Decline…"
            action="Decline"
            name={name}
            title={`Decline ${one.person.name}`}
            effect="They are told, with your reason."
            path={path('decline')}
          />
        </>
      ) : null}
      {one.mine ? (
        <ReasonDialog
          label="Withdraw…"
          action="Withdraw"
          name={`your request to join ${one.team}`}
          title={`Withdraw your request to join ${one.team}`}
          effect="You can ask again."
          path={path('withdraw')}
        />
      ) : null}
    </span>
  )
}

/** Who wants to join which team and why. */
export function JoinRequests({ requests }: { requests: readonly JoinRequestResource[] }) {
  return (
    <ul aria-label="Requests to join" className="border-t">
      {requests.map((one) => (
        <li key={one.id} className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 border-b py-3">
          <div className="min-w-0">
            <p>
              {one.mine ? 'You' : one.person.name} to <span className="font-mono text-12">{one.team}</span>
              <span className="text-12 text-muted">
                {' '}
                · <Time at={one.created_at} relative />
              </span>
            </p>
            <p className="prose text-muted">
              <MarkedProse text={one.reason} />
            </p>
          </div>
          <Acts one={one} />
        </li>
      ))}
    </ul>
  )
}
