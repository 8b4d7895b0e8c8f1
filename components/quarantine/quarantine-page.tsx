import { ButtonLink } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { formatCount, plural } from '@/components/ui/format-number'
import { withParams } from '@/components/ui/route'
import { SegmentedControl } from '@/components/ui/segmented-control'
import { Time } from '@/components/ui/time'
import { Faults } from './held-row'
import { HeldRows } from './held-rows'
import type { Column } from './row-fields'
import type { HeldRow, QuarantineTarget } from './use-quarantine'

export type QuarantineState = 'held' | 'replayed'

export interface QuarantinePageProps {
  target: QuarantineTarget
  state: QuarantineState
  columns: readonly Column[]
  rows: readonly HeldRow[]
  total: number
  /** Of the page after this one. */
  nextCursor: string | null
  /** This is not the first page. */
  isLater: boolean
}

/** The page's own address, with some parameters. */
function hrefOf({ group, version, environment }: QuarantineTarget, more: Record<string, string | null>) {
  return withParams(`/groups/${encodeURIComponent(group)}/quarantine`, '', {
    version,
    environment: environment === 'prod' ? null : environment,
    ...more,
  })
}

function Nothing({ state, target }: Pick<QuarantinePageProps, 'state' | 'target'>) {
  return state === 'held' ? (
    <EmptyState
      title="No row is held"
      action={
        <ButtonLink href={`/groups/${encodeURIComponent(target.group)}/ingest`}>Ingest rows</ButtonLink>
      }
    >
      Faulty rows come here when they are ingested with “Keep bad rows aside”, each with what is wrong.
    </EmptyState>
  ) : (
    <EmptyState title="No row was replayed">
      Rows that were corrected and accepted are listed here.
    </EmptyState>
  )
}

function Replayed({ rows }: { rows: readonly HeldRow[] }) {
  return (
    <ol aria-label="Replayed rows" className="border-t">
      {rows.map((row) => (
        <li key={row.id} className="flex flex-wrap items-start gap-x-4 gap-y-1 border-b py-2">
          <span className="num w-24 shrink-0">
            Row {formatCount(row.rowNumber)}
            <span className="block text-12 text-muted">
              <Time at={row.createdAt} relative />
            </span>
          </span>
          <div className="min-w-56 flex-1">
            <Faults faults={row.faults} />
          </div>
        </li>
      ))}
    </ol>
  )
}

/** Rows that were kept out, oldest first. */
export function QuarantinePage(props: QuarantinePageProps) {
  const { target, state, columns, rows, total, nextCursor, isLater } = props
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <SegmentedControl
          label="State"
          value={state}
          segments={[
            { value: 'held', label: 'Held', href: hrefOf(target, {}) },
            { value: 'replayed', label: 'Replayed', href: hrefOf(target, { state: 'replayed' }) },
          ]}
        />
        <span className="text-muted">
          {plural(total, 'row')} in {target.environment}
          {total > rows.length ? `, ${formatCount(rows.length)} on this page` : ''}
        </span>
      </div>
      {state === 'held' ? (
        <HeldRows
          target={target}
          columns={columns}
          rows={rows}
          empty={<Nothing state={state} target={target} />}
        />
      ) : rows.length > 0 ? (
        <Replayed rows={rows} />
      ) : (
        <Nothing state={state} target={target} />
      )}
      {nextCursor || isLater ? (
        <nav aria-label="Pages of the list" className="flex gap-2">
          {isLater ? <ButtonLink href={hrefOf(target, { state })}>First page</ButtonLink> : null}
          {nextCursor ? (
            <ButtonLink href={hrefOf(target, { state, cursor: nextCursor })}>Next</ButtonLink>
          ) : null}
        </nav>
      ) : null}
    </div>
  )
}
