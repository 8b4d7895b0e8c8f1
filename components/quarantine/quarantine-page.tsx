import { ButtonLink } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { formatCount, plural } from '@/components/ui/format-number'
import { withParams } from '@/components/ui/route'
import { SegmentedControl } from '@/components/ui/segmented-control'
import { HeldRows } from './held-rows'
import type { Column } from './row-fields'
import { SettledRows } from './settled-rows'
import type { HeldRow, QuarantineTarget } from './use-quarantine'

export type QuarantineState = 'held' | 'replayed' | 'discarded'

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
  if (state === 'discarded')
    return (
      <EmptyState title="No row was discarded">
        Rows that nobody wants to keep are listed here, with the reason.
      </EmptyState>
    )
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
            { value: 'discarded', label: 'Discarded', href: hrefOf(target, { state: 'discarded' }) },
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
        <SettledRows target={target} state={state} rows={rows} />
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
