import { DataTable } from '@/components/data-table/data-table'
import type { TableColumn, TableRow } from '@/components/data-table/types'
import { plural } from '@/components/ui/format-number'
import { Name } from '@/components/ui/name'
import { Section } from '@/components/ui/section'
import { type State, StateWord } from '@/components/ui/state'
import type { ChangeSetItem, ChangeSetResource } from '@/lib/governance/operations'
import { ChangeSetBox } from './change-set-box'
import { reviewHref } from './place'

const columns: TableColumn[] = [
  { id: 'version', header: 'Version', grow: true, fixed: true, phone: 'first' },
  { id: 'changes', header: 'Changes', width: '150px', phone: 'second' },
  { id: 'class', header: 'Class', width: '130px', phone: 'first' },
  { id: 'risk', header: 'Risk', width: '100px', phone: 'second' },
  { id: 'owner', header: 'Owner', width: '120px', from: 'lg' },
  { id: 'state', header: 'State', width: '100px', from: 'lg' },
]

const risks: Record<NonNullable<ChangeSetItem['risk']>, State> = { low: 'ok', medium: 'warn', high: 'fail' }

const changesOf = ({ compared_with: from, changes }: ChangeSetItem) =>
  from === null ? 'first version' : plural(changes, 'field')

function classOf({ compatible }: ChangeSetItem) {
  if (compatible === null) return <StateWord state="ok">new</StateWord>
  return compatible ? (
    <StateWord state="ok">compatible</StateWord>
  ) : (
    <StateWord state="fail">breaking</StateWord>
  )
}

function rowOf(item: ChangeSetItem): TableRow {
  const name = `${item.group}@${item.version}`
  const href = reviewHref(item.group, item.version)
  return {
    id: name,
    href,
    cells: {
      version: <Name name={name} href={href} />,
      changes: changesOf(item),
      class: classOf(item),
      risk: item.risk ? <StateWord state={risks[item.risk]}>{item.risk}</StateWord> : '–',
      owner: item.owner_team,
      state: item.state.replace('_', ' '),
    },
  }
}

/** Several versions as one review: what each changes on the left, the one decision on the right. */
export function ChangeSetPage({ set }: { set: ChangeSetResource }) {
  const gone = set.item_count - set.items.length
  return (
    <div className="grid gap-8 lg:grid-cols-[minmax(0,1fr)_300px]">
      <div className="flex min-w-0 flex-col gap-6">
        {set.reason ? <p className="prose whitespace-pre-line">{set.reason}</p> : null}
        <Section
          title="Versions"
          aside={plural(set.item_count, 'version')}
          note={gone > 0 ? `${plural(gone, 'version')} became a revision of the one before it.` : undefined}
        >
          {set.items.length > 0 ? (
            <DataTable label="Versions" columns={columns} rows={set.items.map(rowOf)} />
          ) : (
            <p className="text-muted">None of them stands by itself any more.</p>
          )}
        </Section>
      </div>
      <ChangeSetBox set={set} />
    </div>
  )
}
