import Link from 'next/link'
import { formatCount } from '@/components/ui/format-number'
import { Lifecycle } from '@/components/ui/lifecycle'
import { toRoute } from '@/components/ui/route'
import { StateShape } from '@/components/ui/state'
import { Time } from '@/components/ui/time'
import { TimedText } from '@/components/ui/timed-text'
import { PromoteDialog } from '@/components/versions/promote-dialog'
import type { ReviewAct, ReviewDetailResource, ReviewEvent } from '@/lib/governance/operations'
import type { DiffResource, PromotionResource } from '@/lib/registry/operations'
import { ActButton } from './act-button'
import { actWords } from './act-words'
import { checksOf } from './checks'
import { changeSetHref } from './place'
import { anyOf, eventWords } from './words'

interface Reviewed {
  review: ReviewDetailResource
  diff: DiffResource | null
}

interface Acting extends Reviewed {
  /** Of each environment in which the reader may promote it: the checks of that act. */
  promotions: readonly PromotionResource[]
}

interface MergeBoxProps extends Acting {
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
          <span className="min-w-0 [overflow-wrap:anywhere]">
            <TimedText text={text} />
          </span>
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

/** Why the reader may not, and who may: an approval is asked of who has no hand in it. */
function Refused({ act, reviewers }: { act: ReviewAct; reviewers: readonly string[] }) {
  const helpers = act.act === 'approve' && reviewers.length > 0 ? reviewers : act.who_can_help
  const where = act.environment ? ` in ${act.environment}` : ''
  return (
    <p className="border-warn border-l-2 bg-warn-tint px-3 py-2">
      {verbs[act.act]}
      {where} is not yours: {act.rule}{' '}
      {helpers.length > 0 ? `Ask ${anyOf(helpers)}.` : 'An administrator of this portal can help.'}
    </p>
  )
}

/** Of an act that is not the reader's, nobody need be told. */
const quiet: ReviewAct['act'][] = ['withdraw']
const decisions: ReviewAct['act'][] = ['request_changes', 'reject']

/** Why an allowed act cannot be done as things stand. */
function hindranceOf(act: ReviewAct, review: ReviewDetailResource): string | undefined {
  if (act.act === 'submit' && review.missing.length + review.unfilled.length > 0)
    return 'Something is not described or filled in yet.'
  if (act.act === 'approve' && review.stale) return 'What it follows has changed since it was submitted.'
  return undefined
}

function Acts({ review, diff, promotions }: Acting) {
  const { acts, change_set: set } = review
  if (set)
    return (
      <p>
        Submitted with others, and decided with them:{' '}
        <Link className="link" href={toRoute(changeSetHref(set.id))}>
          {set.title}
        </Link>
      </p>
    )
  if (acts.length === 0) return <p className="text-muted">Nothing is left to decide.</p>
  const shown = acts.filter((act) => act.allowed || !quiet.includes(act.act))
  const approval = acts.find(({ act, allowed }) => act === 'approve' && !allowed)
  // Who may not approve is told once, not again for the other decisions.
  const refused = shown.filter((act) => !act.allowed && !(approval && decisions.includes(act.act)))
  const hindrances = shown.flatMap((act) => (act.allowed ? (hindranceOf(act, review) ?? []) : []))
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap gap-2">
        {shown.map((act, index) => {
          const promotion = promotions.find(({ environment }) => environment === act.environment)
          if (act.act === 'promote' && promotion)
            return (
              <PromoteDialog
                key={promotion.environment}
                promotion={promotion}
                button={{
                  label: `Promote in ${promotion.environment}…`,
                  variant: index === 0 ? 'primary' : 'secondary',
                }}
              />
            )
          const because = act.allowed ? hindranceOf(act, review) : act.rule
          return (
            <ActButton
              key={`${act.act}${act.environment ?? ''}`}
              group={review.group}
              version={review.version}
              act={act.act}
              environment={act.environment}
              words={actWords(act, review, diff)}
              primary={index === 0}
              etag={review.etag}
              {...(because === undefined ? {} : { disabledBecause: because })}
            />
          )
        })}
      </div>
      {hindrances.map((text) => (
        <p key={text} className="text-muted">
          {text}
        </p>
      ))}
      {refused.map((act) => (
        <Refused key={`${act.act}${act.environment ?? ''}`} act={act} reviewers={review.reviewers} />
      ))}
    </div>
  )
}

/** Who stands on the version that this one follows, by kind. */
function Hit({ diff }: Pick<Reviewed, 'diff'>) {
  if (!diff) return null
  const { services, groups, datasets, models, consumers } = diff.impact
  const reads = consumers.reduce((sum, one) => sum + one.reads, 0)
  const kinds = [
    { label: 'Services', count: services.length },
    { label: 'Training datasets', count: datasets.length },
    { label: 'Models', count: models.length },
    { label: 'Groups fed by it', count: groups.length },
    { label: 'Readers in 30 days', count: consumers.length },
    { label: 'Reads in 30 days', count: reads },
  ]
  return (
    <div>
      <h3 className="font-medium">Who is hit</h3>
      <dl>
        {kinds.map(({ label, count }) => (
          <div key={label} className="flex justify-between gap-3 border-b py-0.5">
            <dt className="text-muted">{label}</dt>
            <dd className="num">{formatCount(count)}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}

/** Until when it should be decided, and by whom. */
function Deadline({ review }: Pick<Reviewed, 'review'>) {
  const { due_at: due, reviewers, state } = review
  if (state !== 'in_review') return null
  return (
    <div className="text-12 text-muted">
      {due ? (
        <p>
          To be decided by <Time at={due} />
        </p>
      ) : null}
      {reviewers.length > 0 ? <p>Ask {anyOf(reviewers)}</p> : null}
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
export function MergeBox({ review, diff, promotions, fill }: MergeBoxProps) {
  const { state, author, submitted_by: submitter, since } = review
  const isEmpty = state === 'active' && review.commits.some(({ commits }) => commits === 0)
  return (
    <aside
      aria-label="Decision"
      className="flex h-fit flex-col gap-4 rounded-control border bg-surface p-4 lg:sticky lg:top-14"
    >
      <div>
        <Lifecycle state={state} className="font-medium" /> since <Time at={since} />
        <p className="text-12 text-muted">
          by {author}
          {submitter && submitter !== author ? `, submitted by ${submitter}` : ''} · owned by{' '}
          {review.owner_team}
        </p>
      </div>
      <Deadline review={review} />
      <Checks review={review} diff={diff} />
      <Hit diff={diff} />
      {isEmpty ? (
        <Link className="link" href={toRoute(fill.href)}>
          {fill.label}
        </Link>
      ) : null}
      <Acts review={review} diff={diff} promotions={promotions} />
      <History events={review.history} />
    </aside>
  )
}
