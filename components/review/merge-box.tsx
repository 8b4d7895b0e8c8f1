import Link from 'next/link'
import { Lifecycle } from '@/components/ui/lifecycle'
import { toRoute } from '@/components/ui/route'
import { StateShape } from '@/components/ui/state'
import { Time } from '@/components/ui/time'
import type { ReviewAct, ReviewDetailResource, ReviewEvent } from '@/lib/governance/operations'
import type { DiffResource } from '@/lib/registry/operations'
import { ActButton } from './act-button'
import { actWords } from './act-words'
import { checksOf } from './checks'
import { anyOf, eventWords } from './words'

interface Reviewed {
  review: ReviewDetailResource
  diff: DiffResource | null
}

interface MergeBoxProps extends Reviewed {
  /** How the version gets its rows, while it takes rows and has none where it is to be served. */
  fill: { label: string; href: string }
}

function Checks({ review, diff }: Reviewed) {
  return (
    <ul className="flex flex-col gap-1.5">
      {checksOf(review, diff).map(({ id, state, text }) => (
        <li key={id} className="flex items-start gap-2">
          <span className="mt-1">
            <StateShape state={state} />
          </span>
          <span className="min-w-0 [overflow-wrap:anywhere]">{text}</span>
        </li>
      ))}
    </ul>
  )
}

const verbs: Record<ReviewAct['act'], string> = {
  submit: 'Submitting it',
  approve: 'Approving it',
  request_changes: 'Requesting changes',
  reject: 'Rejecting it',
  withdraw: 'Withdrawing it',
  promote: 'Promoting it',
}

/** Why the reader may not, and who may. */
function Refused({ act }: { act: ReviewAct }) {
  const where = act.environment ? ` in ${act.environment}` : ''
  return (
    <p className="border-warn border-l-2 bg-warn-tint px-3 py-2">
      {verbs[act.act]}
      {where} is not yours: {act.rule}{' '}
      {act.who_can_help.length > 0
        ? `Ask ${anyOf(act.who_can_help)}.`
        : 'An administrator of this portal can help.'}
    </p>
  )
}

/** Of an act that is not the reader's, nobody need be told. */
const told: ReviewAct['act'][] = ['withdraw']
const decisions: ReviewAct['act'][] = ['request_changes', 'reject']

function Acts({ review, diff }: Reviewed) {
  // What is not described cannot be submitted: its fields stand beside the box.
  const isBare = review.missing.length > 0
  const allowed = review.acts.filter((act) => act.allowed && !(act.act === 'submit' && isBare))
  const approval = review.acts.find(({ act, allowed }) => act === 'approve' && !allowed)
  // Who may not approve is told once, not again for the other decisions.
  const refused = review.acts.filter(
    (act) => !act.allowed && !told.includes(act.act) && !(approval && decisions.includes(act.act)),
  )
  if (review.acts.length === 0) return <p className="text-muted">Nothing is left to decide.</p>
  if (allowed.length + refused.length === 0)
    return <p className="text-muted">It can be submitted once everything is described.</p>
  return (
    <div className="flex flex-col gap-2">
      {allowed.length > 0 ? (
        <div className="flex flex-wrap gap-2">
          {allowed.map((act, index) => (
            <ActButton
              key={`${act.act}${act.environment ?? ''}`}
              group={review.group}
              version={review.version}
              act={act.act}
              environment={act.environment}
              words={actWords(act, review, diff)}
              primary={index === 0}
            />
          ))}
        </div>
      ) : null}
      {refused.map((act) => (
        <Refused key={`${act.act}${act.environment ?? ''}`} act={act} />
      ))}
    </div>
  )
}

function History({ events }: { events: readonly ReviewEvent[] }) {
  if (events.length === 0) return null
  return (
    <ol aria-label="History" className="flex flex-col gap-2 border-t pt-3">
      {events.map((event) => {
        const { what, reason } = eventWords(event)
        return (
          <li key={event.id}>
            {event.actor} {what} <Time at={event.time} relative className="text-12 text-muted" />
            {reason ? <q className="block border-l-2 pl-2 text-muted">{reason}</q> : null}
          </li>
        )
      })}
    </ol>
  )
}

/** Where the version stands, what is missing, what the reader may do with it, and what was done. */
export function MergeBox({ review, diff, fill }: MergeBoxProps) {
  const { state, author, submitted_by: submitter, since } = review
  const isEmpty = state === 'active' && review.commits.some(({ commits }) => commits === 0)
  return (
    <aside
      aria-label="Decision"
      className="flex h-fit flex-col gap-4 rounded-control border bg-surface p-4 max-lg:order-first lg:sticky lg:top-14"
    >
      <div>
        <Lifecycle state={state} className="font-medium" /> since <Time at={since} />
        <p className="text-12 text-muted">
          by {author}
          {submitter && submitter !== author ? `, submitted by ${submitter}` : ''} · owned by{' '}
          {review.owner_team}
        </p>
      </div>
      <Checks review={review} diff={diff} />
      {isEmpty ? (
        <Link className="link" href={toRoute(fill.href)}>
          {fill.label}
        </Link>
      ) : null}
      <Acts review={review} diff={diff} />
      <History events={review.history} />
    </aside>
  )
}
