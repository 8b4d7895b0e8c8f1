import { formatCount, plural } from '@/components/ui/format-number'
import type { State } from '@/components/ui/state'
import type { ReviewDetailResource } from '@/lib/governance/operations'
import type { DiffResource, ImpactResource } from '@/lib/registry/operations'
import { allOf } from './words'

export interface Check {
  id: string
  state: State
  text: string
}

const mostNamed = 5

function described({ missing }: ReviewDetailResource): Check {
  if (missing.length === 0) return { id: 'described', state: 'ok', text: 'Group and features are described.' }
  const named = missing.slice(0, mostNamed)
  const more = missing.length - named.length
  const list = allOf(more > 0 ? [...named, `${formatCount(more)} more`] : named)
  return { id: 'described', state: 'fail', text: `Not described: ${list}.` }
}

function approvalText({ approvals, approvals_needed: needed }: ReviewDetailResource, close: string): string {
  if (approvals.length === 0 && needed === 1)
    return `Not approved yet: it waits for somebody other than ${close}.`
  if (approvals.length === 0) return `Not approved yet: it waits for ${needed} people other than ${close}.`
  return `Approved by ${allOf(approvals)}: ${plural(needed - approvals.length, 'approval')} more.`
}

function decided(review: ReviewDetailResource): Check | null {
  const { state, authors } = review
  if (state === 'draft') return { id: 'decided', state: 'unknown', text: 'Not submitted.' }
  if (state !== 'in_review') return null
  return { id: 'decided', state: 'unknown', text: approvalText(review, allOf(authors)) }
}

/** What the organisation asks for beyond descriptions; once submitted, a version had it. */
const filledIn = ({ unfilled }: ReviewDetailResource): Check[] =>
  unfilled.map((text) => ({ id: `unfilled ${text}`, state: 'fail', text }))

const risks = { low: 'ok', medium: 'warn', high: 'fail' } as const

/** Names that a version brings are held to rules that may have come after it was written. */
const named = ({ misnamed }: ReviewDetailResource): Check[] =>
  misnamed.map((text) => ({
    id: `misnamed ${text}`,
    state: 'warn',
    text: `Named against the rules. ${text}`,
  }))

const contractOf = (number: number) => `Contract ${formatCount(number)}`

function contractText({ contract }: ReviewDetailResource): { state: State; text: string } {
  const { in_force: inForce, proposed, followed } = contract
  if (inForce)
    return {
      state: 'ok',
      text: `${contractOf(inForce.number)} is in force, with ${plural(inForce.terms, 'term')}.`,
    }
  if (followed !== null)
    return {
      state: 'warn',
      text: `No contract is in force on it. ${contractOf(followed)} holds for the version before alone.`,
    }
  return { state: 'unknown', text: proposed ? 'No contract is in force yet.' : 'It has no contract.' }
}

function contracted(review: ReviewDetailResource): Check[] {
  const { proposed, open_breaches: breaches, environment } = review.contract
  const checks: Check[] = [{ id: 'contract', ...contractText(review) }]
  if (proposed) {
    const waits = proposed.waits_for.length > 0 ? ` It waits for ${allOf(proposed.waits_for)} to sign.` : ''
    const text = `${contractOf(proposed.number)} is proposed.${waits}`
    checks.push({ id: 'contract proposed', state: 'warn', text })
  }
  if (breaches > 0) {
    const open = breaches === 1 ? '1 breach of it is' : `${formatCount(breaches)} breaches of it are`
    checks.push({ id: 'breaches', state: 'fail', text: `${open} open in ${environment}.` })
  }
  return checks
}

function risky({ risk, risk_reasons: reasons }: ReviewDetailResource): Check[] {
  if (risk === null) return []
  return [{ id: 'risk', state: risks[risk], text: [`Risk ${risk}.`, ...reasons].join(' ') }]
}

function discussed({ threads }: ReviewDetailResource): Check[] {
  if (threads.all === 0) return []
  const open = threads.open > 0
  return [
    {
      id: 'discussed',
      state: open ? 'warn' : 'ok',
      text: open
        ? `${plural(threads.open, 'thread')} of ${formatCount(threads.all)} open.`
        : `${plural(threads.all, 'thread')}, all settled.`,
    },
  ]
}

const fresh = ({ stale }: ReviewDetailResource, diff: DiffResource | null): Check[] =>
  stale
    ? [
        {
          id: 'stale',
          state: 'fail',
          text: `Version ${diff?.from ?? ''} has changed since this was submitted: withdraw it, and submit it anew.`,
        },
      ]
    : []

function changed(diff: DiffResource | null): Check {
  if (!diff) return { id: 'changed', state: 'ok', text: 'First version: it changes nothing for anybody.' }
  const breaking = diff.changes.filter((change) => change.class === 'breaking').length
  if (breaking === 0) return { id: 'changed', state: 'ok', text: `Compatible with version ${diff.from}.` }
  return {
    id: 'changed',
    state: 'warn',
    text: `${plural(breaking, 'breaking change')} against version ${diff.from}: it holds data of its own.`,
  }
}

function read({ services, datasets, consumers }: ImpactResource, from: number): Check {
  if (services.length + datasets.length + consumers.length === 0)
    return { id: 'read', state: 'ok', text: `Nobody reads version ${from}.` }
  const users = [
    ...(services.length > 0 ? [plural(services.length, 'service')] : []),
    ...(datasets.length > 0 ? [plural(datasets.length, 'training dataset')] : []),
    ...(consumers.length > 0 ? [`${plural(consumers.length, 'reader')} of the last 30 days`] : []),
  ]
  return { id: 'read', state: 'warn', text: `Version ${from} is used by ${allOf(users)}.` }
}

const filled = ({ commits }: ReviewDetailResource): Check[] =>
  commits.map(({ environment, commits: count }) => ({
    id: `filled-${environment}`,
    state: count > 0 ? 'ok' : 'warn',
    text:
      count > 0
        ? `${plural(count, 'commit')} in ${environment}.`
        : `No rows in ${environment}: promoted now, reads without a version find nothing there.`,
  }))

/** Nothing is said of a version whose transformation has no tests. */
function tested({ tests: { state, at } }: ReviewDetailResource): Check[] {
  if (state === 'none') return []
  const words = {
    passed: `The tests of its transformation passed${at ? ` at ${at}` : ''}.`,
    failed: 'The tests of its transformation failed: it can neither be submitted nor approved.',
    not_run: 'The tests of its transformation have not run on the definition as it is.',
  }
  const states = { passed: 'ok', failed: 'fail', not_run: 'unknown' } as const
  return [{ id: 'tested', state: states[state], text: words[state] }]
}

/** What a reviewer looks at before deciding, each with its state. */
export function checksOf(review: ReviewDetailResource, diff: DiffResource | null): Check[] {
  const waiting = review.state === 'draft' || review.state === 'in_review'
  return [
    ...(waiting ? [described(review), ...filledIn(review), ...named(review), ...tested(review)] : []),
    ...fresh(review, diff),
    ...[decided(review)].filter((check) => check !== null),
    ...(diff || waiting ? [changed(diff)] : []),
    ...(diff ? [read(diff.impact, diff.from)] : []),
    ...(waiting || review.state === 'active' ? contracted(review) : []),
    ...risky(review),
    ...discussed(review),
    ...(review.state === 'active' ? filled(review) : []),
  ]
}
