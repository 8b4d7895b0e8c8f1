'use client'
import { Button } from '@/components/ui/button'
import { CodeBlock } from '@/components/ui/code-block'
import { Dialog } from '@/components/ui/dialog'
import { FactsList } from '@/components/ui/facts-list'
import type { AuditRow } from '@/lib/audit/operations'

const shown = (value: unknown) => JSON.stringify(value, null, 2)

/** Everything that one row of the log holds: the reason, what changed, and the hashes that chain it. */
export function AuditChange({ row }: { row: AuditRow }) {
  return (
    <Dialog
      title={`${row.action} · ${row.resource.kind} ${row.resource.name}`}
      trigger={
        <Button variant="quiet" size="small">
          Show
        </Button>
      }
    >
      <FactsList
        facts={[
          { term: 'Reason', value: row.reason ?? 'none given' },
          { term: 'Environment', value: row.environment ?? 'none' },
          { term: 'Request', value: <code className="font-mono text-12">{row.request_id}</code> },
          { term: 'Place in the chain', value: row.seq === null ? 'not sealed yet' : String(row.seq) },
          { term: 'Hash', value: <code className="break-all font-mono text-12">{row.hash}</code> },
          {
            term: 'Link',
            value: <code className="break-all font-mono text-12">{row.chain_hash ?? '–'}</code>,
          },
        ]}
      />
      {row.before !== null && row.before !== undefined ? (
        <CodeBlock language="Before" code={shown(row.before)} />
      ) : null}
      {row.after !== null && row.after !== undefined ? (
        <CodeBlock language="After" code={shown(row.after)} />
      ) : null}
    </Dialog>
  )
}
