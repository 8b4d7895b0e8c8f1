import Link from 'next/link'
import type { ReactNode } from 'react'
import { cn } from '@/components/ui/cn'
import { formatCount } from '@/components/ui/format-number'
import { toRoute } from '@/components/ui/route'
import { StateWord } from '@/components/ui/state'
import { Time } from '@/components/ui/time'
import type { CommitResource } from '@/lib/ingestion/operations'
import { countsOf, kindWords } from './commit-words'
import { formHref } from './place'
import { viaWord } from './words'

/** Rows that were kept out of the commit, where they can be corrected. */
function HeldBack({ group, version, environment, quarantined, held }: CommitResource) {
  if (quarantined === 0) return null
  const place = { name: group, version, environment: environment === 'prod' ? null : environment }
  return (
    <>
      {' · '}
      {held > 0 ? (
        <Link className="link" href={toRoute(formHref(place, 'quarantine'))}>
          {formatCount(held)}{' '}
          {held === quarantined ? 'held back' : `of ${formatCount(quarantined)} still held`}
        </Link>
      ) : (
        <span className="text-muted">{formatCount(quarantined)} held back, settled since</span>
      )}
    </>
  )
}

/** How far the online half is, where that is worth saying. */
function OnlineHalf({ online, state }: CommitResource) {
  if (state === 'reverted' || online === 'done' || online === 'not_online') return null
  return (
    <span className="block text-12">
      <StateWord state="warn">
        {online === 'pending' ? 'online store still catching up' : 'waits to be materialized'}
      </StateWord>
    </span>
  )
}

/** Who took the commit back, when and why; of a revert, which commit it is about. */
function Links({ reverted_by, reverts, reason }: CommitResource) {
  return (
    <>
      {reverts ? (
        <span className="block text-12 text-muted">
          {reverts.kind === 'revert' ? 'takes back the revert of ' : 'hides the commit of '}
          <Time at={reverts.created} precision="second" />
          {reason ? `: “${reason}”` : null}
        </span>
      ) : null}
      {reverted_by ? (
        <span className="block text-12">
          <StateWord state="fail">reverted</StateWord> by {reverted_by.by.name},{' '}
          <Time at={reverted_by.created} precision="second" />
          {reverted_by.reason ? `: “${reverted_by.reason}”` : null}
        </span>
      ) : null}
    </>
  )
}

function Span({ kind, min_event_time: from, max_event_time: to }: CommitResource) {
  if (kind === 'revert') return null
  return (
    <span className="num block text-12 text-muted">
      {from && to ? (
        <>
          event times <Time at={from} precision="day" /> to <Time at={to} precision="day" />
        </>
      ) : (
        'no event times'
      )}
    </span>
  )
}

interface CommitTimelineProps {
  commits: readonly CommitResource[]
  /** What can be done with a commit; absent where the list only informs. */
  act?: (commit: CommitResource) => ReactNode
}

/** What arrived, newest first: what it was, who brought it, how many rows, over which event times. Reverted ones stay. */
export function CommitTimeline({ commits, act }: CommitTimelineProps) {
  return (
    <ol aria-label="Commits" className="border-t">
      {commits.map((commit) => {
        const isGone = commit.state === 'reverted'
        return (
          <li key={commit.id} className="border-b py-1.5">
            <div className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5">
              <span className={cn('w-36 shrink-0', isGone && 'text-muted')}>
                <Time at={commit.created} />
              </span>
              <span className="min-w-52 flex-1">
                <span className={cn(isGone && 'text-muted line-through')}>
                  {kindWords(commit)} <span className="text-muted">by {commit.by.name}</span>
                </span>{' '}
                <span className="text-12 text-muted">{viaWord(commit.via)}</span>
                <Span {...commit} />
                <Links {...commit} />
              </span>
              <span
                className={cn('num text-right max-md:basis-full max-md:text-left', isGone && 'text-muted')}
              >
                <span className={cn(isGone && 'line-through')}>{countsOf(commit)}</span>
                <HeldBack {...commit} />
                <OnlineHalf {...commit} />
              </span>
            </div>
            {act?.(commit)}
          </li>
        )
      })}
    </ol>
  )
}
