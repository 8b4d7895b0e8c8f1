'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { Button } from '@/components/ui/button'
import { ErrorState } from '@/components/ui/error-state'
import { formatCount } from '@/components/ui/format-number'
import { Time } from '@/components/ui/time'
import { type ProblemError, request } from '@/lib/api-client'
import { Changes } from './changes'
import { Faults } from './held-row'
import type { HeldRow, QuarantineTarget } from './use-quarantine'

/** What became of a row: by whom, when, and what they put in or why they gave it up. */
function Outcome({ row: { replayed, discarded } }: { row: HeldRow }) {
  if (discarded) {
    return (
      <p>
        Discarded by {discarded.by}, <Time at={discarded.at} />: “{discarded.reason}”
      </p>
    )
  }
  if (!replayed) return null
  return (
    <>
      <p>
        {replayed.changes.length > 0 ? 'Corrected and replayed' : 'Replayed as it arrived'} by {replayed.by},{' '}
        <Time at={replayed.at} />
      </p>
      <Changes changes={replayed.changes} />
    </>
  )
}

interface SettledRowsProps {
  target: QuarantineTarget
  state: 'replayed' | 'discarded'
  rows: readonly HeldRow[]
}

/** Rows that wait no more, each with what was wrong and what became of it; a discarded one can be held again. */
export function SettledRows({ target, state, rows }: SettledRowsProps) {
  const router = useRouter()
  const hold = useMutation<unknown, ProblemError, string>({
    mutationFn: (id) =>
      request(`/api/v1/feature-groups/${encodeURIComponent(target.group)}/quarantine/hold`, {
        method: 'POST',
        query: { environment: target.environment, version: target.version },
        body: { rows: [id] },
      }),
    onSuccess: () => router.refresh(),
  })
  return (
    <>
      {hold.error ? <ErrorState title="Nothing was changed" problem={hold.error.problem} /> : null}
      <ol aria-label={state === 'replayed' ? 'Replayed rows' : 'Discarded rows'} className="border-t">
        {rows.map((row) => (
          <li key={row.id} className="flex flex-wrap items-start gap-x-4 gap-y-1 border-b py-2">
            <span className="num w-24 shrink-0">
              Row {formatCount(row.rowNumber)}
              <span className="block text-12 text-muted">
                <Time at={row.createdAt} relative />
              </span>
            </span>
            <div className="min-w-56 flex-1">
              <Outcome row={row} />
              <p className="text-12 text-muted">When it arrived:</p>
              <Faults faults={row.faults} />
            </div>
            {state === 'discarded' ? (
              <Button
                size="small"
                aria-label={`Hold row ${formatCount(row.rowNumber)} again`}
                pending={hold.isPending && hold.variables === row.id}
                onClick={() => hold.mutate(row.id)}
              >
                Hold again
              </Button>
            ) : null}
          </li>
        ))}
      </ol>
    </>
  )
}
