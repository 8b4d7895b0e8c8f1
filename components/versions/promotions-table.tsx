import { DataTable } from '@/components/data-table/data-table'
import type { TableColumn } from '@/components/data-table/types'
import { Time } from '@/components/ui/time'
import type { PromotionEvent } from '@/lib/registry/operations'

const columns: TableColumn[] = [
  { id: 'at', header: 'When', grow: false, fixed: true, phone: 'second' },
  { id: 'environment', header: 'Environment', width: '120px', phone: 'first' },
  { id: 'what', header: 'What', width: '240px', phone: 'first' },
  { id: 'by', header: 'By', width: '160px', phone: 'second' },
  { id: 'why', header: 'Why', grow: true, from: 'md' },
]

const checkWords: Record<string, string> = {
  earlier_environment: 'not served before it',
  data_present: 'no rows there',
  contract: 'open breaches',
}

function what({ kind, version, previous }: PromotionEvent): string {
  if (kind === 'rolled_back') return `rolled back${previous ? ` from @${previous}` : ''} to @${version}`
  return previous ? `promoted @${version} over @${previous}` : `promoted @${version}`
}

function why({ reason, accepted }: PromotionEvent): string {
  const known = accepted.map((name) => checkWords[name] ?? name).join(', ')
  return [reason, accepted.length > 0 ? `(accepted: ${known})` : null].filter(Boolean).join(' ')
}

/** Promotions and rollbacks, newest first. */
export function PromotionsTable({ events }: { events: readonly PromotionEvent[] }) {
  return (
    <DataTable
      bare
      label="Promotions and rollbacks"
      columns={columns}
      rows={events.map((event, index) => ({
        id: `${event.at} ${event.environment} ${index}`,
        cells: {
          at: <Time at={event.at} />,
          environment: event.environment,
          what: what(event),
          by: event.by,
          why: (
            <span className="block truncate" title={why(event)}>
              {why(event)}
            </span>
          ),
        },
      }))}
    />
  )
}
