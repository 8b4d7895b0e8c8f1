import { DataTable } from '@/components/data-table/data-table'
import { NameCell } from '@/components/data-table/name-cell'
import type { TableColumn, TableRow } from '@/components/data-table/types'
import type { Kind } from '@/components/icons/kind-glyph'
import { Time } from '@/components/ui/time'
import type { NeighbourResource } from '@/lib/catalog/operations'
import { parseGroupReference } from '@/lib/registry/operations'

const columns: TableColumn[] = [
  { id: 'name', header: 'Asset', grow: true, fixed: true, phone: 'first' },
  { id: 'relation', header: 'Relation', width: '152px', phone: 'second' },
  { id: 'team', header: 'Owner', width: '120px', phone: 'second' },
  { id: 'since', header: 'Since', width: '120px', from: 'md' },
]

const relations: Record<string, string> = {
  feeds: 'feeds',
  describes: 'describes',
  selected_by: 'selected by',
  replaced_by: 'replaced by',
}

const rooms: Record<string, string> = {
  service: 'services',
  entity: 'entities',
  source: 'sources',
  dataset: 'datasets',
}

function hrefOf(kind: string, name: string): string {
  if (kind === 'feature') {
    const [group = '', feature = ''] = name.split(':')
    return `/groups/${encodeURIComponent(group)}/features/${encodeURIComponent(feature)}`
  }
  if (kind === 'group') {
    const reference = parseGroupReference(name)
    const version = reference?.version ? `?version=${reference.version}` : ''
    return `/groups/${encodeURIComponent(reference?.group ?? name)}${version}`
  }
  return `/${rooms[kind] ?? 'catalog'}/${encodeURIComponent(name)}`
}

const glyphs: readonly Kind[] = ['group', 'feature', 'service', 'entity', 'source', 'dataset']

function rowOf(one: NeighbourResource, index: number): TableRow {
  const relation = relations[one.relation] ?? one.relation
  if (one.name === null) {
    return {
      id: `restricted${index}`,
      cells: { name: <span className="text-muted">restricted</span>, relation },
    }
  }
  const kind = glyphs.find((glyph) => glyph === one.kind)
  const href = hrefOf(one.kind, one.name)
  return {
    id: `${one.kind}/${one.name}/${one.relation}`,
    href,
    cells: {
      name: (
        <NameCell
          {...(kind ? { kind } : {})}
          name={one.name}
          href={href}
          {...(one.description ? { meaning: one.description.split('\n')[0] } : {})}
        />
      ),
      relation,
      team: one.owner_team,
      since: <Time at={one.since} precision="day" />,
    },
  }
}

/** One hop of lineage in one direction; what the reader may not know of stays without a name. */
export function NeighboursTable({
  label,
  neighbours,
}: {
  label: string
  neighbours: readonly NeighbourResource[]
}) {
  return <DataTable bare lines={2} label={label} columns={columns} rows={neighbours.map(rowOf)} />
}
