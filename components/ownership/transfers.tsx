import { MarkedProse } from '@/components/ui/marked-prose'
import { Time } from '@/components/ui/time'
import type { TransferResource } from '@/lib/ownership/operations'
import { OwnedAssets } from './owned-assets'
import { ReasonDialog } from './reason-dialog'

const pathOf = ({ id }: TransferResource, act: string) => `/api/v1/ownership-transfers/${id}/${act}`

function Acts({ one }: { one: TransferResource }) {
  if (!one.acts) return null
  const { decide, withdraw } = one.acts
  const name = `what ${one.from_team} hands to ${one.to_team}`
  return (
    <div className="flex flex-wrap items-center gap-2">
      {decide.allowed ? (
        <>
          <ReasonDialog
            label="Accept…"
            action="Accept"
            name={name}
            title={`Take over from team ${one.from_team}`}
            effect={`Team ${one.to_team} owns all of it from then on, and team ${one.from_team} can change it no longer.`}
            path={pathOf(one, 'accept')}
            variant="primary"
          />
          <ReasonDialog
            label="Decline…"
            action="Decline"
            name={name}
            title="Decline"
            effect={`Everything stays with team ${one.from_team}; ${one.proposed_by} is told why.`}
            path={pathOf(one, 'decline')}
            needsReason
          />
        </>
      ) : (
        <span className="text-12 text-muted">waits for a maintainer of {one.to_team}</span>
      )}
      {withdraw.allowed ? (
        <ReasonDialog
          label="Withdraw…"
          action="Withdraw"
          name={name}
          title="Withdraw the proposal"
          effect={`Everything stays with team ${one.from_team}.`}
          path={pathOf(one, 'withdraw')}
        />
      ) : null}
    </div>
  )
}

function Outcome({ one }: { one: TransferResource }) {
  if (one.decided_at === null) return null
  return (
    <p className="text-12 text-muted">
      {one.forced ? 'moved by an administrator' : one.state} · {one.decided_by} ·{' '}
      <Time at={one.decided_at} relative />
      {one.decision_reason ? (
        <>
          {' '}
          · <MarkedProse text={one.decision_reason} />
        </>
      ) : null}
    </p>
  )
}

/** Transfers, each with what it holds, who proposed it and why, and what came of it. */
export function Transfers({ label, transfers }: { label: string; transfers: readonly TransferResource[] }) {
  return (
    <ul aria-label={label} className="border-t">
      {transfers.map((one) => (
        <li key={one.id} className="flex flex-col gap-2 border-b py-3">
          <p>
            <span className="font-mono text-12">{one.from_team}</span> to{' '}
            <span className="font-mono text-12">{one.to_team}</span>
            <span className="text-12 text-muted">
              {' '}
              · {one.proposed_by} · <Time at={one.created_at} relative />
            </span>
          </p>
          <p className="prose">
            <MarkedProse text={one.reason} />
          </p>
          <OwnedAssets assets={one.assets} />
          <Acts one={one} />
          <Outcome one={one} />
        </li>
      ))}
    </ul>
  )
}
