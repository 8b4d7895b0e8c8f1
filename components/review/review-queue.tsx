'use client'
import Link from 'next/link'
import { useRef, useState } from 'react'
import { Checkbox } from '@/components/ui/checkbox'
import { cn } from '@/components/ui/cn'
import { plural } from '@/components/ui/format-number'
import { toRoute } from '@/components/ui/route'
import { type State, StateWord } from '@/components/ui/state'
import { Time } from '@/components/ui/time'
import type { ReviewResource } from '@/lib/governance/operations'
import { BatchBar } from './batch'
import { lineHref } from './place'
import { useQueueKeys } from './use-queue-keys'
import { anyOf, stepWords } from './words'

const keyOf = ({ group, version, change_set: set }: ReviewResource) => set?.id ?? `${group}@${version}`

const meaningOf = ({ change, classification, items, change_set: set }: ReviewResource): string =>
  set
    ? `Change set of ${plural(items, 'version')} · ${classification}`
    : `${change === 'first' ? 'First version' : 'New major version'} · ${classification}`

function stepOf({ step, environments }: ReviewResource): string {
  return step === 'promote' ? `${stepWords.promote} in ${environments.join(', ')}` : stepWords[step]
}

const risks: Record<NonNullable<ReviewResource['risk']>, State> = { low: 'ok', medium: 'warn', high: 'fail' }

/** Whether its deadline has passed, as the server's page knows it. */
function Due({ at, now }: { at: string | null; now: string | null }) {
  if (at === null) return null
  const isLate = now !== null && at < now
  return (
    <span className={isLate ? 'text-fail' : 'text-muted'}>
      {isLate ? 'late since ' : 'due '}
      <Time at={at} relative />
    </span>
  )
}

interface LineProps {
  one: ReviewResource
  now: string | null
  isChosen: boolean
  onChoose?: (on: boolean) => void
}

function Line({ one, now, isChosen, onChoose }: LineProps) {
  const { waits_for_me: mine, waits_for: others, approvals, approvals_needed: needed } = one
  const name = one.change_set?.title ?? `${one.group}@${one.version}`
  return (
    <li className={cn('flex items-start gap-3 border-b py-2', isChosen && 'bg-accent-tint')}>
      {onChoose ? (
        <Checkbox
          hideLabel
          label={`Choose ${name}`}
          checked={isChosen}
          onChange={(event) => onChoose(event.target.checked)}
          className="mt-0.5"
        />
      ) : null}
      <div className="grid min-w-0 flex-1 gap-x-4 gap-y-0.5 md:grid-cols-[minmax(0,1fr)_160px_220px_150px]">
        <div className="min-w-0">
          <Link
            href={toRoute(lineHref(one))}
            className={cn('link block truncate', one.change_set ? '' : 'font-mono text-12')}
          >
            {name}
          </Link>
          <p className="truncate text-12 text-muted">{meaningOf(one)}</p>
        </div>
        <div className="text-12">
          <p>{stepOf(one)}</p>
          {one.risk ? <StateWord state={risks[one.risk]}>risk {one.risk}</StateWord> : null}
        </div>
        <div className="min-w-0 text-12 text-muted">
          <p className="truncate">
            waits for {mine ? 'you' : others.length > 0 ? anyOf(others) : 'an administrator'}
          </p>
          {needed > 1 ? (
            <p>
              {approvals.length} of {needed} approvals
            </p>
          ) : null}
        </div>
        <div className="text-12 text-muted">
          <p className="truncate">
            {one.author}, <Time at={one.since} relative />
          </p>
          <Due at={one.due_at} now={now} />
        </div>
      </div>
    </li>
  )
}

interface ReviewQueueProps {
  label: string
  reviews: readonly ReviewResource[]
  /** When the page was made: what is late is told from it. */
  now: string | null
  /** What waits for the reader's decision can be chosen and decided together. */
  selectable?: boolean
}

const isDecidable = ({ step, waits_for_me: mine }: ReviewResource) => step === 'approve' && mine

/** Versions that wait for a step, each leading to its review; several are decided at once. */
export function ReviewQueue({ label, reviews, now, selectable = false }: ReviewQueueProps) {
  const list = useRef<HTMLUListElement>(null)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  // Of several lists on a page one hears the keys.
  useQueueKeys(list, selectable)
  const choose = (key: string, on: boolean) => {
    const next = new Set(chosen)
    if (on) next.add(key)
    else next.delete(key)
    setChosen(next)
  }
  const decidable = selectable ? reviews.filter(isDecidable) : []
  return (
    <div className="flex flex-col gap-2">
      <BatchBar
        chosen={decidable.filter((one) => chosen.has(keyOf(one)))}
        onDone={() => setChosen(new Set())}
      />
      <ul ref={list} aria-label={label} className="border-t" {...(selectable ? { 'data-row-keys': '' } : {})}>
        {reviews.map((one) => (
          <Line
            key={keyOf(one)}
            one={one}
            now={now}
            isChosen={chosen.has(keyOf(one))}
            {...(decidable.includes(one) ? { onChoose: (on: boolean) => choose(keyOf(one), on) } : {})}
          />
        ))}
      </ul>
    </div>
  )
}
