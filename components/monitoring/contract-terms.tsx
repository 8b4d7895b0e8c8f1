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

/** A bound that a double does not hold is shown as it was written. */
const boundText = (bound: number | string) => (typeof bound === 'string' ? bound : formatNumber(bound))

/** "at least 0 · never null · one of 4 values"; what is only warned of says so. */
export function contractWords(contract: Contract): string {
  const { min, max, allowed, pattern, nullable, max_null_share: nullShare, unique } = contract
  const words: Record<string, string | null> = {
    min: min === undefined ? null : `at least ${boundText(min)}`,
    max: max === undefined ? null : `at most ${boundText(max)}`,
    allowed: allowed ? `one of: ${allowed.join(', ')}` : null,
    pattern: pattern === undefined ? null : `matches ${pattern}`,
    nullable: nullable === false ? 'never null' : null,
    max_null_share: nullShare === undefined ? null : `at most ${formatShare(nullShare)} null`,
    unique: unique ? 'unique' : null,
  }
  const byTerm: Record<string, string | undefined> = contract.enforcement_by_term ?? {}
  const terms = Object.entries(words).flatMap(([term, word]) => {
    if (word === null) return []
    return (byTerm[term] ?? contract.enforcement) === 'warn' ? `${word} (warned of)` : word
  })
  return terms.join(' · ')
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
