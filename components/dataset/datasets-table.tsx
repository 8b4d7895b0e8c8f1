import { DataTable } from '@/components/data-table/data-table'
import { NameCell } from '@/components/data-table/name-cell'
import type { Pager, TableColumn } from '@/components/data-table/types'
import { ButtonLink } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { formatBytes, formatCount } from '@/components/ui/format-number'
import { PhoneWord } from '@/components/ui/phone-word'
import { StateWord } from '@/components/ui/state'
import { Time } from '@/components/ui/time'
import type { DatasetSummary } from '@/lib/datasets/operations'
import { datasetHref, stateSigns, stateWords } from './dataset-words'

const columns: TableColumn[] = [
  { id: 'name', header: 'Dataset', sortable: true, grow: true, fixed: true, phone: 'first' },
  { id: 'state', header: 'State', width: '150px', phone: 'first' },
  { id: 'versions', header: 'Version', align: 'right', sortable: true, width: '90px', from: 'md' },
  { id: 'rows', header: 'Rows', align: 'right', sortable: true, width: '110px', phone: 'second' },
  { id: 'size', header: 'Size', align: 'right', width: '90px', from: 'lg' },
  { id: 'label', header: 'Label', width: '170px', from: 'lg' },
  { id: 'certificate', header: 'Certificate', width: '130px', from: 'md' },
  { id: 'owner', header: 'Owner', width: '110px', phone: 'second' },
  { id: 'updated_at', header: 'Changed', align: 'right', sortable: true, width: '110px', phone: 'second' },
]

const none = <span className="text-muted">–</span>

function Certificate({ certificate }: DatasetSummary) {
  if (!certificate) return none
  return certificate.holds ? (
    <StateWord state="ok">no leak</StateWord>
  ) : (
    <StateWord state="fail">leaks</StateWord>
  )
}

const cellsOf = (one: DatasetSummary) => ({
  name: (
    <NameCell
      kind="dataset"
      name={one.name}
      href={datasetHref(one.name)}
      {...(one.description ? { meaning: one.description } : {})}
    />
  ),
  state: one.state ? <StateWord state={stateSigns[one.state]}>{stateWords[one.state]}</StateWord> : none,
  versions: one.version === null ? none : <span className="num">@{one.version}</span>,
  rows:
    one.rows === null ? (
      none
    ) : (
      <>
        {formatCount(one.rows)} <PhoneWord>rows</PhoneWord>
      </>
    ),
  size: one.bytes ? formatBytes(one.bytes) : none,
  label: one.label ? <span className="font-mono text-12">{one.label}</span> : none,
  certificate: <Certificate {...one} />,
  owner: one.owner_team,
  updated_at: <Time at={one.updated_at} relative />,
})

interface DatasetsTableProps {
  datasets: readonly DatasetSummary[]
  pager: Pager
  /** A filter is set, so that an empty list means something else. */
  filtered: boolean
  mayCreate: boolean
}

/** All training datasets that the reader may know of. */
export function DatasetsTable({ datasets, pager, filtered, mayCreate }: DatasetsTableProps) {
  const empty = filtered ? (
    <EmptyState
      title="No dataset matches"
      action={<ButtonLink href="/datasets">Show all datasets</ButtonLink>}
    >
      The filter left none over.
    </EmptyState>
  ) : (
    <EmptyState
      title="No training dataset yet"
      action={mayCreate ? <ButtonLink href="/datasets/new">Build a dataset</ButtonLink> : undefined}
    >
      A training dataset joins features to rows as they were known at each row’s time, once, for good: with
      its specification, a hash of its content, and a certificate that nothing leaked.
    </EmptyState>
  )
  return (
    <DataTable
      label="Training datasets"
      columns={columns}
      rows={datasets.map((one) => ({ id: one.name, href: datasetHref(one.name), cells: cellsOf(one) }))}
      pager={pager}
      defaultSort="name"
      filterPlaceholder="Filter datasets"
      lines={2}
      instead={datasets.length === 0 ? empty : undefined}
    />
  )
}
