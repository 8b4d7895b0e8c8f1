import { DataTable } from '@/components/data-table/data-table'
import type { TableColumn } from '@/components/data-table/types'
import type { ContractVersionResource } from '@/lib/contracts/operations'
import { termWord } from './contract-words'

const columns: TableColumn[] = [
  { id: 'term', header: 'Term', grow: false, width: '260px', fixed: true, phone: 'first' },
  { id: 'promise', header: 'Promise', grow: true, phone: 'second' },
  { id: 'enforcement', header: 'When broken', width: '200px', phone: 'second' },
]

const enforcementWords = { strict: 'refused or held back', warn: 'comes in, and tells' }

/** A day that has passed cannot be refused. */
const aboutDays = /^(freshness\.(max_age|by)|rows\.per_day|null_share)/

/** What a contract promises beside the terms of single features. */
export function PromisesTable({ promises }: { promises: ContractVersionResource['promises'] }) {
  if (promises.length === 0)
    return <p className="text-muted">It states nothing beside the terms of single features.</p>
  return (
    <DataTable
      bare
      label="Promises"
      columns={columns}
      rows={promises.map(({ term, text, enforcement }) => ({
        id: term,
        cells: {
          term: termWord(term),
          promise: term.startsWith('checks.') ? (
            <code className="font-mono text-12">{text.replace(/ \(warned of\)$/, '')}</code>
          ) : (
            text
          ),
          enforcement: aboutDays.test(term)
            ? enforcement === 'warn'
              ? 'the day is marked, as a warning'
              : 'the day fails'
            : enforcementWords[enforcement],
        },
      }))}
    />
  )
}
