import Link from 'next/link'
import { formatCount, plural } from '@/components/ui/format-number'
import { toRoute } from '@/components/ui/route'
import { StateWord } from '@/components/ui/state'
import { Time } from '@/components/ui/time'
import type { CommitResource } from '@/lib/ingestion/operations'
import { formHref } from './place'
import { viaWord } from './words'

const kinds: Record<CommitResource['kind'], string> = {
  ingest: 'Rows ingested',
  tombstones: 'Rows deleted',
  transformation: 'Transformation ran',
  replay: 'Quarantined rows replayed',
  revert: 'Commit reverted',
}

function countsOf({ rows, tombstones, superseded }: CommitResource): string {
  const parts = [plural(rows, 'row')]
  if (tombstones > 0) parts.push(`${formatCount(tombstones)} deleted`)
  if (superseded !== null && superseded > 0)
    parts.push(`${formatCount(superseded)} not the newest of their key`)
  return parts.join(' · ')
}

/** Rows that were kept out of the commit, where they can be corrected. */
function HeldBack({ group, version, environment, quarantined }: CommitResource) {
  if (quarantined === 0) return null
  const place = { name: group, version, environment: environment === 'prod' ? null : environment }
  return (
    <>
      {' · '}
      <Link className="link" href={toRoute(formHref(place, 'quarantine'))}>
        {formatCount(quarantined)} held back
      </Link>
    </>
  )
}

/** What arrived, newest first: what it was, who brought it, how many rows, over which event times. */
export function CommitTimeline({ commits }: { commits: readonly CommitResource[] }) {
  return (
    <ol className="border-t">
      {commits.map((commit) => (
        <li key={commit.id} className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5 border-b py-1.5">
          <span className="w-36 shrink-0">
            <Time at={commit.created} />
          </span>
          <span className="min-w-52 flex-1">
            {kinds[commit.kind]} <span className="text-muted">by {commit.by.name}</span>{' '}
            <span className="text-12 text-muted">{viaWord(commit.via)}</span>
            <span className="num block text-12 text-muted">
              {commit.min_event_time && commit.max_event_time ? (
                <>
                  event times <Time at={commit.min_event_time} precision="day" /> to{' '}
                  <Time at={commit.max_event_time} precision="day" />
                </>
              ) : (
                'no event times'
              )}
            </span>
          </span>
          <span className="num text-right">
            {countsOf(commit)}
            <HeldBack {...commit} />
            {commit.online === 'pending' ? (
              <span className="block text-12">
                <StateWord state="warn">online store still catching up</StateWord>
              </span>
            ) : null}
          </span>
        </li>
      ))}
    </ol>
  )
}
