import Link from 'next/link'
import { formHref, groupHref } from '@/components/feature-group/place'
import { Callout } from '@/components/ui/callout'
import { formatCount, plural } from '@/components/ui/format-number'
import { MarkedProse } from '@/components/ui/marked-prose'
import { toRoute } from '@/components/ui/route'
import type { ProblemError } from '@/lib/api-client'
import type { IngestAnswer } from '@/lib/ingestion/operations'
import { RowFaults } from './row-faults'

interface IngestDoneProps {
  group: string
  /** Absent: the one that the environment serves. */
  version?: number
  environment: string
  answer: IngestAnswer
}

/** What became of the rows that were sent. */
export function IngestDone({ group, version, environment, answer }: IngestDoneProps) {
  const place = {
    name: group,
    version: version ?? null,
    environment: environment === 'prod' ? null : environment,
  }
  const kept = answer.quarantined > 0 ? `; ${plural(answer.quarantined, 'row')} kept in quarantine` : ''
  const older =
    answer.superseded !== null && answer.superseded > 0
      ? ` ${formatCount(answer.superseded)} of them are older than what is online for their key.`
      : ''
  return (
    <div className="flex flex-col gap-3">
      <Callout
        tone={answer.quarantined > 0 ? 'warn' : 'ok'}
        title={`${plural(answer.accepted, 'row')} accepted`}
      >
        One commit in the history{kept}.{older}{' '}
        {answer.quarantined > 0 ? (
          <>
            <Link className="link" href={toRoute(formHref(place, 'quarantine'))}>
              Correct and replay
            </Link>{' '}
            or{' '}
          </>
        ) : null}
        <Link className="link" href={toRoute(groupHref(place))}>
          Open {group}
        </Link>
      </Callout>
      <RowFaults faults={answer.errors} faultyRows={answer.quarantined} />
    </div>
  )
}

const countOf = (value: unknown): number | undefined =>
  typeof value === 'number' || typeof value === 'bigint' ? Number(value) : undefined

/** The title above says it already. */
const withoutTitle = (detail: string) => {
  const rest = detail.replace(/^Nothing was stored[:.] */, '')
  return rest.charAt(0).toUpperCase() + rest.slice(1)
}

/** Why nothing was stored, with each fault by row and column. */
export function IngestRefused({ error }: { error: ProblemError }) {
  const { problem } = error
  const rejected = countOf(problem.rejected)
  return (
    <div className="flex flex-col gap-3">
      <Callout tone="fail" title="Nothing was stored">
        <MarkedProse text={withoutTitle(problem.detail)} />
      </Callout>
      <RowFaults
        faults={problem.errors ?? []}
        {...(rejected === undefined ? {} : { faultyRows: rejected })}
      />
    </div>
  )
}
