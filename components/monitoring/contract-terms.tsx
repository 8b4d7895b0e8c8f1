import { DataTable } from '@/components/data-table/data-table'
import type { TableColumn } from '@/components/data-table/types'
import { formatNumber, formatShare } from '@/components/ui/format-number'
import { Name } from '@/components/ui/name'
import type { FeatureResource } from '@/lib/registry/operations'

type Contract = NonNullable<FeatureResource['contract']>

const columns: TableColumn[] = [
  { id: 'feature', header: 'Feature', grow: false, width: '280px', fixed: true, phone: 'first' },
  { id: 'terms', header: 'Every row keeps', grow: true, phone: 'second' },
]

/** "at least 0 · never null · one of 4 values". */
export function contractWords(contract: Contract): string {
  const { min, max, allowed, pattern, nullable, max_null_share: nullShare, unique } = contract
  const terms = [
    min === undefined ? null : `at least ${formatNumber(min)}`,
    max === undefined ? null : `at most ${formatNumber(max)}`,
    allowed ? `one of: ${allowed.join(', ')}` : null,
    pattern === undefined ? null : `matches ${pattern}`,
    nullable === false ? 'never null' : null,
    nullShare === undefined ? null : `at most ${formatShare(nullShare)} null`,
    unique ? 'unique' : null,
  ]
  return terms.filter((term) => term !== null).join(' · ')
}

interface ContractTermsProps {
  features: readonly FeatureResource[]
  hrefOf: (feature: string) => string
}

/** What the values promise; a batch that breaks it is refused or held back. */
export function ContractTerms({ features, hrefOf }: ContractTermsProps) {
  const promised = features.flatMap(({ name, contract }) => {
    const terms = contract ? contractWords(contract) : ''
    return terms === '' ? [] : [{ name, terms }]
  })
  if (promised.length === 0) return <p className="text-muted">No feature promises anything of its values.</p>
  return (
    <DataTable
      bare
      label="Contract"
      columns={columns}
      rows={promised.map(({ name, terms }) => ({
        id: name,
        cells: { feature: <Name name={name} href={hrefOf(name)} />, terms },
      }))}
    />
  )
}
