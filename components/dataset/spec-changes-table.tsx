import { DataTable } from '@/components/data-table/data-table'
import type { TableColumn } from '@/components/data-table/types'
import { PhoneWord } from '@/components/ui/phone-word'
import { TimedText } from '@/components/ui/timed-text'
import type { SpecChange } from './spec-changes'

const columns: TableColumn[] = [
  { id: 'what', header: 'What differs', width: '340px', grow: false, fixed: true, phone: 'first' },
  { id: 'change', header: 'Change', width: '100px', phone: 'first' },
  { id: 'from', header: 'Before', width: '34%', phone: 'second' },
  { id: 'to', header: 'After', grow: true, phone: 'second' },
]

/** One of the two; a phone has no headers, so it says which. */
const Side = ({ word, text }: { word: string; text: string | null }) => (
  <span className="num whitespace-normal [overflow-wrap:anywhere]">
    <PhoneWord>{word}</PhoneWord>{' '}
    {text === null ? <span className="text-muted">not there</span> : <TimedText text={text} />}
  </span>
)

/** The word in plain type, the name that it speaks of in mono. */
function What({ text }: { text: string }) {
  const [, word = text, name] =
    /^(Feature(?= \S+:)|Column(?! names)|Join of|Revision of) (\S+)$/.exec(text) ?? []
  return (
    <span className="block truncate" title={text}>
      {word} {name ? <span className="font-mono text-12">{name}</span> : null}
    </span>
  )
}

/** What differs between two versions, a row each. */
export function SpecChangesTable({ changes }: { changes: readonly SpecChange[] }) {
  return (
    <DataTable
      bare
      label="What differs"
      columns={columns}
      rows={changes.map(({ id, what, change, from, to }) => ({
        id,
        cells: {
          what: <What text={what} />,
          change,
          from: <Side word="before" text={from} />,
          to: <Side word="after" text={to} />,
        },
      }))}
    />
  )
}
