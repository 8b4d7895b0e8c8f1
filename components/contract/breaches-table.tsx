import { DataTable } from '@/components/data-table/data-table'
import type { TableColumn } from '@/components/data-table/types'
import { formatCount } from '@/components/ui/format-number'
import { PhoneWord } from '@/components/ui/phone-word'
import { StateWord } from '@/components/ui/state'
import { Time } from '@/components/ui/time'
import type { BreachResource } from '@/lib/contracts/operations'
import { outcomeWords } from './contract-words'

const columns: TableColumn[] = [
  { id: 'when', header: 'When', grow: false, width: '176px', fixed: true, phone: 'first' },
  { id: 'term', header: 'Term', width: '220px', phone: 'first' },
  { id: 'observed', header: 'Observed', grow: true, phone: 'second' },
  { id: 'promised', header: 'Promised', width: '260px', from: 'lg' },
  { id: 'rows', header: 'Rows', align: 'right', width: '88px', phone: 'second' },
  { id: 'outcome', header: 'Rows were', width: '104px', from: 'md' },
  { id: 'state', header: 'State', width: '128px', phone: 'end' },
]

const stateOf = ({ closed_at: closed, severity }: BreachResource) =>
  closed ? (
    <span className="text-muted">
      kept since <Time at={closed} relative />
    </span>
  ) : (
    <StateWord state={severity}>open</StateWord>
  )

/** What broke the contract, newest first. */
export function BreachesTable({ breaches }: { breaches: readonly BreachResource[] }) {
  if (breaches.length === 0) return <p className="text-muted">Nothing has broken it.</p>
  return (
    <DataTable
      bare
      label="Breaches"
      columns={columns}
      rows={breaches.map((breach) => ({
        id: breach.id,
        cells: {
          when: breach.window ? (
            <Time at={breach.window.start} precision="day" />
          ) : (
            <Time at={breach.last_at} />
          ),
          term: <span className="font-mono text-12">{breach.term}</span>,
          observed:
            breach.occurrences > 1
              ? `${breach.observed} (${formatCount(breach.occurrences)} times)`
              : breach.observed,
          promised: breach.promised,
          rows: (
            <>
              {formatCount(breach.rows)}
              <PhoneWord>{breach.rows === 1 ? 'row' : 'rows'}</PhoneWord>
            </>
          ),
          outcome: outcomeWords[breach.outcome],
          state: stateOf(breach),
        },
      }))}
    />
  )
}
