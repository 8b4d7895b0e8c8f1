'use client'
import { useState } from 'react'
import { useChosenRows } from '@/components/data-table/chosen-rows'
import { DataTable } from '@/components/data-table/data-table'
import { FilterChips } from '@/components/data-table/filter-chips'
import type { TableColumn } from '@/components/data-table/types'
import { RowLink } from '@/components/settings/row-link'
import { Button, ButtonLink } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Dialog } from '@/components/ui/dialog'
import { EmptyState } from '@/components/ui/empty-state'
import { formatCount, plural } from '@/components/ui/format-number'
import { MarkedProse } from '@/components/ui/marked-prose'
import { withParams } from '@/components/ui/route'
import { SegmentedControl } from '@/components/ui/segmented-control'
import { Time } from '@/components/ui/time'
import type { FeedbackPage, FeedbackResource } from '@/lib/feedback/operations'
import { ClosePart } from './close-part'
import { FeedbackPanel } from './feedback-panel'
import { kindWords } from './feedback-words'
import { type FeedbackActs, useFeedbackActs } from './use-feedback-acts'

const page = '/settings/feedback'

export interface FeedbackFilter {
  /** Absent from the address: what is open. */
  state: 'open' | 'closed' | 'all'
  kind: FeedbackResource['kind'] | null
  path: string | null
  cursor: string | null
  limit: number | null
}

const hrefOf = (filter: FeedbackFilter, changes: Partial<FeedbackFilter> & { open?: string | null }) => {
  const { state, ...rest } = { ...filter, ...changes }
  return withParams(page, '', { state: state === 'open' ? null : state, open: null, ...rest })
}

const columns: TableColumn[] = [
  { id: 'said', header: 'What was hard', grow: true, fixed: true, phone: 'first' },
  { id: 'where', header: 'Where', width: '260px', phone: 'second' },
  { id: 'author', header: 'Told by', width: '140px', from: 'md', phone: 'second' },
  { id: 'told', header: 'Told', width: '120px', align: 'right', phone: 'second' },
  { id: 'state', header: 'State', width: '120px', from: 'lg' },
]

/** The part after the slash is what a screen reader calls the row's box. */
const rowId = ({ id, said }: FeedbackResource) => `${id}/${said.slice(0, 60)}`

const rowOf = (one: FeedbackResource, filter: FeedbackFilter) => {
  const href = hrefOf(filter, { open: one.id })
  return {
    id: rowId(one),
    href,
    peekHref: href,
    acts: [
      { label: 'Go there', href: one.path },
      { label: 'All from there', href: hrefOf(filter, { path: one.path, cursor: null }) },
    ],
    cells: {
      said: (
        <RowLink href={href} note={one.form ? `${kindWords[one.kind]}: ${one.form}` : kindWords[one.kind]}>
          {one.said}
        </RowLink>
      ),
      where: <code className="font-mono text-12 [overflow-wrap:anywhere] max-md:break-all">{one.path}</code>,
      author: one.mine ? 'you' : one.author,
      told: <Time at={one.created_at} relative />,
      state: one.state,
    },
  }
}

function CloseChosen({ data, acts }: { data: readonly FeedbackResource[]; acts: FeedbackActs }) {
  const { ids, clear } = useChosenRows()
  const [open, setOpen] = useState(false)
  const chosen = data.filter((one) => ids.includes(rowId(one)))
  const closable = chosen.filter(({ may_close, state }) => may_close && state === 'open')
  return (
    <>
      <span className="text-12">
        <span className="num font-medium">{formatCount(ids.length)}</span> chosen
      </span>
      {closable.length > 0 ? (
        <Dialog
          open={open}
          onOpenChange={setOpen}
          trigger={<Button size="small">Close {formatCount(closable.length)}…</Button>}
          title={`Close ${plural(closable.length, 'entry', 'entries')}`}
        >
          <ClosePart
            ids={closable.map(({ id }) => id)}
            acts={acts}
            onClosed={() => {
              setOpen(false)
              clear()
            }}
          />
        </Dialog>
      ) : (
        <span className="text-12 text-muted">none of them is yours to close</span>
      )}
      <Button size="small" variant="quiet" onClick={clear}>
        Choose none
      </Button>
    </>
  )
}

/** The last act, where the eye is, with the way back. */
function LastAct({ acts }: { acts: FeedbackActs }) {
  if (acts.closed.length === 0) return null
  return (
    <p role="status" className="flex min-h-9 flex-wrap items-center gap-2 bg-sunken px-3 py-1 text-12">
      {acts.closedWords}
      <Button size="small" disabled={acts.pending} onClick={() => acts.reopen(acts.closed)} data-shortcut="z">
        Undo
      </Button>
    </p>
  )
}

function Filters({ filter }: { filter: FeedbackFilter }) {
  const to = (changes: Partial<FeedbackFilter>) => hrefOf(filter, { cursor: null, ...changes })
  return (
    <div className="flex flex-wrap items-center gap-2">
      <SegmentedControl
        label="State"
        value={filter.state}
        segments={[
          { value: 'open', label: 'Open', href: to({ state: 'open' }) },
          { value: 'closed', label: 'Closed', href: to({ state: 'closed' }) },
          { value: 'all', label: 'All', href: to({ state: 'all' }) },
        ]}
      />
      <SegmentedControl
        label="From"
        value={filter.kind ?? 'any'}
        segments={[
          { value: 'any', label: 'Anywhere', href: to({ kind: null }) },
          { value: 'form', label: 'Forms', href: to({ kind: 'form' }) },
          { value: 'error', label: 'Failures', href: to({ kind: 'error' }) },
          { value: 'documentation', label: 'Guide', href: to({ kind: 'documentation' }) },
        ]}
      />
      <FilterChips
        chips={filter.path ? [{ label: 'Where', value: filter.path, removeHref: to({ path: null }) }] : []}
        clearHref={page}
      />
    </div>
  )
}

function Nothing({ filter }: { filter: FeedbackFilter }) {
  const isNarrow = filter.kind !== null || filter.path !== null
  const words = { open: 'Nothing is open', closed: 'Nothing was closed', all: 'Nothing was told' }
  return (
    <EmptyState
      title={isNarrow ? `${words[filter.state]} from there` : words[filter.state]}
      {...(isNarrow ? { action: <ButtonLink href={page}>Show all that is open</ButtonLink> } : {})}
    >
      “Was this hard?” stands under every form, on failures and at the foot of each page of the guide.
    </EmptyState>
  )
}

interface FeedbackViewProps {
  list: FeedbackPage
  filter: FeedbackFilter
  opened: FeedbackResource | null
  widthPx: number
}

/** What people said was hard: one list, closed with what became of it. */
export function FeedbackView({ list, filter, opened, widthPx }: FeedbackViewProps) {
  const acts = useFeedbackActs()
  const { data, meta } = list
  const { state, kind, path } = filter
  const csvHref = withParams('/api/v1/feedback', '', {
    state: state === 'all' ? null : state,
    kind,
    path,
    format: 'csv',
  })
  return (
    <div className="flex flex-col gap-3">
      {acts.reopenError ? (
        <Callout tone="fail">
          <MarkedProse text={acts.reopenError.problem.detail} />
        </Callout>
      ) : null}
      <LastAct acts={acts} />
      <DataTable
        label="What was hard"
        columns={columns}
        lines={2}
        rows={data.map((one) => rowOf(one, filter))}
        toolbar={<Filters filter={filter} />}
        csvHref={csvHref}
        {...(opened ? { selectedId: rowId(opened) } : {})}
        {...(meta.may_close ? { bulk: <CloseChosen data={data} acts={acts} /> } : {})}
        pager={{
          kind: 'cursor',
          cursor: filter.cursor,
          nextCursor: meta.next_cursor,
          pageSize: filter.limit ?? 50,
          total: meta.total,
        }}
        instead={data.length === 0 ? <Nothing filter={filter} /> : undefined}
      />
      {opened ? (
        <FeedbackPanel
          one={opened}
          acts={acts}
          othersHref={hrefOf(filter, { state: 'all', path: opened.path, cursor: null })}
          closeHref={hrefOf(filter, {})}
          widthPx={widthPx}
        />
      ) : null}
    </div>
  )
}
