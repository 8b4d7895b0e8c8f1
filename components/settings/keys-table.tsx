import { DataTable } from '@/components/data-table/data-table'
import type { Pager, TableColumn } from '@/components/data-table/types'
import { ButtonLink } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Time } from '@/components/ui/time'
import type { ApiKeyResource } from '@/lib/identity/operations'
import { limitsSentence } from './key-words'
import { RowLink } from './row-link'

const columns = (withOwner: boolean): TableColumn[] => [
  { id: 'name', header: 'Key', width: '240px', grow: false, fixed: true, phone: 'first' },
  ...(withOwner ? [{ id: 'owner', header: 'Acts for', width: '180px', from: 'md' as const }] : []),
  { id: 'limits', header: 'May', grow: true, from: 'md' },
  { id: 'expires', header: 'Expires', width: '140px', phone: 'second' },
  { id: 'used', header: 'Last used', width: '140px', phone: 'second' },
]

const Never = ({ word }: { word: string }) => <span className="text-muted">{word}</span>

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

interface KeysTableProps {
  keys: readonly ApiKeyResource[]
  /** Keys of several owners are shown. */
  withOwner: boolean
  /** The address of a key's panel. */
  hrefOf: (id: string) => string
  selectedId?: string | undefined
  pager: Pager
}

/** Keys that are in force, newest first. */
export function KeysTable({ keys, withOwner, hrefOf, selectedId, pager }: KeysTableProps) {
  return (
    <DataTable
      label="API keys"
      columns={columns(withOwner)}
      lines={2}
      pager={pager}
      {...(selectedId === undefined ? {} : { selectedId })}
      rows={keys.map((key) => ({
        id: key.id,
        href: hrefOf(key.id),
        cells: {
          name: (
            <RowLink href={hrefOf(key.id)} note={<code className="font-mono">{key.prefix}…</code>}>
              {key.name}
            </RowLink>
          ),
          owner: key.owner.name,
          limits: sentence(limitsSentence(key, withOwner ? 'its owner' : key.owner.name)),
          expires: key.expires_at ? <Time at={key.expires_at} relative /> : <Never word="never expires" />,
          used: key.last_used_at ? <Time at={key.last_used_at} relative /> : <Never word="never used" />,
        },
      }))}
      instead={
        keys.length === 0 ? (
          <EmptyState
            title="No key is in force"
            action={<ButtonLink href="/settings/keys/new">Make an API key</ButtonLink>}
          >
            A program reads features, sends rows or registers groups with one. It works until it expires or is
            revoked.
          </EmptyState>
        ) : undefined
      }
    />
  )
}
