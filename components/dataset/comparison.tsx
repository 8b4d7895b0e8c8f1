import { DataTable } from '@/components/data-table/data-table'
import type { TableColumn } from '@/components/data-table/types'
import { formatCount, formatNumber, formatShare, plural } from '@/components/ui/format-number'
import { PhoneWord } from '@/components/ui/phone-word'
import type { ComparisonResource } from '@/lib/datasets/operations'
import { specChanges } from './spec-changes'
import { SpecChangesTable } from './spec-changes-table'

const columns: TableColumn[] = [
  { id: 'name', header: 'Column', grow: true, fixed: true, phone: 'first' },
  { id: 'nulls', header: 'Null', align: 'right', width: '150px', from: 'md' },
  { id: 'mean', header: 'Mean', align: 'right', width: '190px', from: 'md' },
  { id: 'psi', header: 'PSI', align: 'right', width: '90px', phone: 'second' },
  { id: 'js', header: 'JS distance', align: 'right', width: '110px', phone: 'second' },
  { id: 'wasserstein', header: 'Wasserstein ÷ sd', align: 'right', width: '140px', from: 'lg' },
]

type Column = ComparisonResource['columns'][number]

const numberText = (value: number | null) => (value === null ? '–' : formatNumber(value))

const pair = (from: string, to: string) => (from === to ? from : `${from} → ${to}`)

const cellsOf = (one: Column) => ({
  name: (
    <span className="flex flex-col">
      <span className="font-mono text-12">{one.name}</span>
      {one.note ? <span className="text-12 text-muted">{one.note}</span> : null}
    </span>
  ),
  nulls: pair(formatShare(one.null_share.from), formatShare(one.null_share.to)),
  mean: pair(numberText(one.mean.from), numberText(one.mean.to)),
  psi: (
    <>
      {numberText(one.psi)} <PhoneWord>PSI</PhoneWord>
    </>
  ),
  js: (
    <>
      {numberText(one.js_distance)} <PhoneWord>JS</PhoneWord>
    </>
  ),
  wasserstein: numberText(one.wasserstein_over_sd),
})

function rowsText({ rows }: ComparisonResource): string {
  const [from, to] = [rows.from ?? 0, rows.to ?? 0]
  if (from === to) return `Both have ${plural(from, 'row')}.`
  return `${formatCount(from)} rows became ${formatCount(to)}, ${formatCount(Math.abs(to - from))} ${to > from ? 'more' : 'fewer'}.`
}

/** What differs: rows, columns, specification, distributions. */
export function Comparison({ comparison }: { comparison: ComparisonResource }) {
  const { from, to, same_content: same } = comparison
  const changes = specChanges(comparison)
  const moved = [...comparison.columns].sort((a, b) => (b.js_distance ?? -1) - (a.js_distance ?? -1))
  return (
    <div className="mt-5 flex flex-col gap-5">
      <p>
        @{from} and @{to}: {same ? 'the content is the same, to the last digit. ' : ''}
        {rowsText(comparison)}
        {changes.length === 0 ? ' Specification and columns are the same.' : ''}
      </p>
      {changes.length > 0 ? <SpecChangesTable changes={changes} /> : null}
      <div>
        <DataTable
          bare
          label="Distributions"
          columns={columns}
          rows={moved.map((one) => ({ id: one.name, cells: cellsOf(one) }))}
        />
        <p className="mt-2 text-12 text-muted">{comparison.note}</p>
      </div>
    </div>
  )
}
