import { DataTable } from '@/components/data-table/data-table'
import type { TableColumn } from '@/components/data-table/types'
import { StateWord } from '@/components/ui/state'
import { Time } from '@/components/ui/time'
import type { ContractVersionResource } from '@/lib/contracts/operations'
import { changeWords, stateWords, termWord } from './contract-words'

const columns: TableColumn[] = [
  { id: 'number', header: 'Contract', grow: false, width: '96px', fixed: true, phone: 'first' },
  { id: 'state', header: 'State', width: '180px', phone: 'end' },
  { id: 'change', header: 'Against the one before', grow: true, phone: 'second' },
  { id: 'valid', header: 'Valid from', width: '150px', from: 'md' },
  { id: 'by', header: 'Proposed by', width: '160px', from: 'md' },
]

function Change({ change, changes, reason }: ContractVersionResource) {
  const terms =
    change === 'first'
      ? []
      : changes.map(({ term, old, new: now }) => `${termWord(term)}: ${old ?? 'none'} → ${now ?? 'none'}`)
  return (
    <span className="flex min-w-0 flex-col">
      <span>{changeWords[change]}</span>
      <span className="truncate text-12 text-muted" title={terms.join('; ')}>
        {[...terms, ...(reason ? [`“${reason}”`] : [])].join('; ')}
      </span>
    </span>
  )
}

/** All contracts of a version, newest first. */
export const VersionsTable = ({ versions }: { versions: readonly ContractVersionResource[] }) => (
  <DataTable
    bare
    lines={2}
    label="Contracts"
    columns={columns}
    rows={versions.map((one) => ({
      id: String(one.number),
      cells: {
        number: `contract ${one.number}`,
        state: <StateWord state={stateWords[one.state].state}>{stateWords[one.state].word}</StateWord>,
        change: <Change {...one} />,
        valid: <Time at={one.valid_from} precision="day" />,
        by: one.proposed_by,
      },
    }))}
  />
)
