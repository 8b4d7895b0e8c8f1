import { assetHref } from '@/components/catalog/asset-href'
import { Sparkline } from '@/components/charts/sparkline'
import { DataTable } from '@/components/data-table/data-table'
import type { TableColumn } from '@/components/data-table/types'
import { readerKind } from '@/components/feature-group/words'
import { formatCount } from '@/components/ui/format-number'
import { Name } from '@/components/ui/name'
import { PhoneWord } from '@/components/ui/phone-word'
import { Time } from '@/components/ui/time'
import type { UsageSubject, UsageSubjectResource } from '@/lib/catalog/operations'

const columnsOf = (by: UsageSubject, sortable: boolean): TableColumn[] => [
  { id: 'name', header: by === 'consumer' ? 'Reader' : 'Name', grow: true, fixed: true, phone: 'first' },
  { id: 'series', header: 'Over time', width: '88px', phone: 'first' },
  { id: 'reads', header: 'Reads', align: 'right', width: '104px', sortable, phone: 'second' },
  { id: 'online', header: 'Online', align: 'right', width: '104px', from: 'md' },
  { id: 'offline', header: 'Historical', align: 'right', width: '104px', from: 'md' },
  ...(by === 'consumer'
    ? [{ id: 'owner', header: 'Answers for it', width: '160px', from: 'lg' as const }]
    : [
        {
          id: 'consumers',
          header: 'Readers',
          align: 'right' as const,
          width: '88px',
          sortable,
          phone: 'second' as const,
        },
      ]),
  { id: 'team', header: by === 'consumer' ? 'Teams' : 'Owner', width: '136px', from: 'md' },
  { id: 'last_read', header: 'Last read', align: 'right', width: '128px', sortable, phone: 'second' },
]

const hrefOf = ({ kind, name }: UsageSubjectResource) =>
  kind === 'group' || kind === 'feature' || kind === 'service' ? assetHref(kind, name) : null

function cellsOf(one: UsageSubjectResource) {
  const href = hrefOf(one)
  return {
    name: href ? (
      <Name name={one.name} href={href} />
    ) : (
      <>
        {one.name} <span className="text-12 text-muted">{readerKind(one.kind)}</span>
      </>
    ),
    series: <Sparkline values={one.series} label={`Reads of ${one.name} over time`} />,
    reads: (
      <>
        {formatCount(one.reads)}
        <PhoneWord>reads</PhoneWord>
      </>
    ),
    online: formatCount(one.online),
    offline: formatCount(one.offline),
    owner: one.owner ?? '',
    consumers: (
      <>
        {formatCount(one.consumers)}
        <PhoneWord>readers</PhoneWord>
      </>
    ),
    team: one.teams.join(', '),
    last_read: <Time at={one.last_read} relative />,
  }
}

type ListProps = Omit<Parameters<typeof DataTable>[0], 'label' | 'columns' | 'rows' | 'bare'>

interface UsageTableProps {
  by: UsageSubject
  data: readonly UsageSubjectResource[]
  label: string
  /** Absent: the rows alone, in the order that they have. */
  list?: ListProps
}

/** Reads of what is listed, or by whom. */
export function UsageTable({ by, data, label, list }: UsageTableProps) {
  return (
    <DataTable
      {...(list ?? { bare: true })}
      label={label}
      columns={columnsOf(by, list !== undefined)}
      rows={data.map((one, at) => {
        const href = hrefOf(one)
        return { id: `${one.kind}/${one.name}/${at}`, ...(href ? { href } : {}), cells: cellsOf(one) }
      })}
    />
  )
}
