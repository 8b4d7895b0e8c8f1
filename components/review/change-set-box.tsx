import { formatCount, plural } from '@/components/ui/format-number'
import { type State, StateShape } from '@/components/ui/state'
import { Time } from '@/components/ui/time'
import type { ChangeSetResource } from '@/lib/governance/operations'
import { SetActButton } from './set-act-button'
import { allOf, anyOf } from './words'

const stateWords: Record<ChangeSetResource['state'], string> = {
  in_review: 'In review',
  approved: 'Approved',
  changes_requested: 'Sent back',
  rejected: 'Rejected',
  withdrawn: 'Withdrawn',
}

const risks = { low: 'ok', medium: 'warn', high: 'fail' } as const

function checksOf(set: ChangeSetResource): { state: State; text: string }[] {
  const breaking = set.items.filter(({ compatible }) => compatible === false).length
  const { approvals, approvals_needed: needed, risk } = set
  const lacking = needed - approvals.length
  return [
    {
      state: breaking === 0 ? 'ok' : 'warn',
      text:
        breaking === 0
          ? 'None of its versions breaks what stands.'
          : `${plural(breaking, 'version')} of ${formatCount(set.item_count)} with breaking changes.`,
    },
    ...(risk ? [{ state: risks[risk], text: [`Risk ${risk}.`, ...set.risk_reasons].join(' ') }] : []),
    ...(set.state === 'in_review'
      ? [
          {
            state: 'unknown' as const,
            text:
              approvals.length === 0
                ? `Not approved: ${plural(needed, 'approval')} by others than its authors.`
                : `Approved by ${allOf(approvals)}: ${plural(lacking, 'approval')} more.`,
          },
        ]
      : []),
    ...(set.open_threads > 0
      ? [{ state: 'warn' as const, text: `${plural(set.open_threads, 'open thread')}.` }]
      : []),
    ...(set.stale.length > 0
      ? [{ state: 'fail' as const, text: `Changed since it was submitted: ${allOf(set.stale.slice(0, 5))}.` }]
      : []),
  ]
}

/** Why the reader may not decide, told once. */
function Refusal({ set }: { set: ChangeSetResource }) {
  const refused = set.acts.find(({ act, allowed }) => act === 'approve' && !allowed)
  if (!refused) return null
  const help = refused.who_can_help
  return (
    <p className="border-warn border-l-2 bg-warn-tint px-3 py-2">
      Deciding it is not yours: {refused.rule}
      {help.length > 0 ? ` Ask ${anyOf(help)}.` : ''}
    </p>
  )
}

/** Where a set stands, what is missing, and what its reader may do with all of it. */
export function ChangeSetBox({ set }: { set: ChangeSetResource }) {
  const { decided } = set
  const shown = set.acts.filter(({ act, allowed }) => allowed || act !== 'withdraw')
  return (
    <aside
      aria-label="Decision"
      className="flex h-fit flex-col gap-4 rounded-control border bg-surface p-4 lg:sticky lg:top-14"
    >
      <div>
        <p className="font-medium">{stateWords[set.state]}</p>
        <p className="text-12 text-muted">
          by {set.author}, <Time at={set.created_at} relative />
        </p>
        {set.due_at ? (
          <p className="text-12 text-muted">
            To be decided by <Time at={set.due_at} />
          </p>
        ) : null}
        {decided ? (
          <p className="text-12 text-muted">
            {decided.by}, <Time at={decided.at} relative />
            {decided.reason ? <q className="block border-l-2 pl-2">{decided.reason}</q> : null}
          </p>
        ) : null}
      </div>
      <ul className="flex flex-col gap-1.5">
        {checksOf(set).map(({ state, text }) => (
          <li key={text} className="flex items-start gap-2">
            <span className="mt-1">
              <StateShape state={state} />
            </span>
            <span className="min-w-0 [overflow-wrap:anywhere]">{text}</span>
          </li>
        ))}
      </ul>
      {shown.length > 0 ? (
        <div className="flex flex-wrap gap-2">
          {shown.map((act, index) => (
            <SetActButton key={act.act} set={set} act={act} primary={index === 0} />
          ))}
        </div>
      ) : null}
      <Refusal set={set} />
    </aside>
  )
}
