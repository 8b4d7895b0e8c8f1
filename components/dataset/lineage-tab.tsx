import { DataTable } from '@/components/data-table/data-table'
import type { TableColumn } from '@/components/data-table/types'
import { readerKind } from '@/components/feature-group/words'
import { formatCount, plural } from '@/components/ui/format-number'
import { Name } from '@/components/ui/name'
import { PhoneWord } from '@/components/ui/phone-word'
import { Section } from '@/components/ui/section'
import { Time } from '@/components/ui/time'
import { TimedText } from '@/components/ui/timed-text'
import type { DatasetReaders, DatasetVersionResource } from '@/lib/datasets/operations'
import { datasetHref, horizonWords } from './dataset-words'

const groupColumns: TableColumn[] = [
  { id: 'group', header: 'Feature group', width: '260px', grow: false, fixed: true, phone: 'first' },
  { id: 'role', header: 'Gives', width: '90px', phone: 'first' },
  { id: 'keys', header: 'Joined by', width: '240px', from: 'md' },
  { id: 'columns', header: 'Columns', grow: true, phone: 'second' },
]

const gives = { feature: 'features', label: 'the label', spine: 'the rows' }

type Group = DatasetVersionResource['groups'][number]

const keysText = ({ keys }: Group): string =>
  Object.entries(keys)
    .map(([key, column]) => (key === column ? key : `${key} = ${column}`))
    .join(', ')

function Groups({ groups }: { groups: readonly Group[] }) {
  return (
    <DataTable
      bare
      label="Made of"
      columns={groupColumns}
      lines={2}
      rows={groups.map((group) => ({
        id: `${group.role} ${group.alias}`,
        cells: {
          group: (
            <span className="flex min-w-0 flex-col">
              <Name name={`${group.group}@${group.version}`} href={`/groups/${group.group}`} />
              <span className="text-12 text-muted">
                {group.horizon_seconds === null
                  ? `revision ${group.revision}`
                  : horizonWords(group.horizon_seconds)}
              </span>
            </span>
          ),
          role: gives[group.role],
          keys: (
            <span className="font-mono text-12">
              {keysText(group) || (group.role === 'spine' ? '–' : 'time alone')}
            </span>
          ),
          columns: (
            <span className="block truncate font-mono text-12">
              {group.columns.join(', ') || 'keys and time'}
            </span>
          ),
        },
      }))}
    />
  )
}

const readerColumns: TableColumn[] = [
  { id: 'name', header: 'Reader', grow: true, fixed: true, phone: 'first' },
  { id: 'kind', header: 'Kind', width: '140px', from: 'md' },
  { id: 'exports', header: 'Exports', align: 'right', width: '110px', phone: 'second' },
  { id: 'last', header: 'Last', align: 'right', width: '140px', phone: 'second' },
]

function Readers({ readers }: Pick<DatasetReaders, 'readers'>) {
  if (readers.length === 0) return <p className="text-muted">Nobody has taken rows out of it yet.</p>
  return (
    <DataTable
      bare
      label="Readers"
      columns={readerColumns}
      rows={readers.map((reader) => ({
        id: `${reader.kind} ${reader.name}`,
        cells: {
          name: reader.name,
          kind: readerKind(reader.kind),
          exports: (
            <>
              {formatCount(reader.exports)} <PhoneWord>exports</PhoneWord>
            </>
          ),
          last: <Time at={reader.last} relative />,
        },
      }))}
    />
  )
}

/** What a version is made of, and who reads the dataset. */
export function LineageTab({
  version,
  readers,
}: {
  version: DatasetVersionResource
  readers: DatasetReaders
}) {
  return (
    <div className="flex flex-col gap-8">
      <Section
        title="What it is made of"
        note={
          version.hidden_groups > 0 ? (
            `${plural(version.hidden_groups, 'more group')} that you may not know of.`
          ) : (
            <TimedText text={`Its rows: ${version.spine}.`} />
          )
        }
      >
        <Groups groups={version.groups} />
      </Section>
      <Section title="Who reads it" note="Exports of files, of every version; from the audit log.">
        <Readers readers={readers.readers} />
      </Section>
      {readers.datasets.length > 0 ? (
        <Section title="Datasets on its rows">
          <ul className="flex flex-col gap-1">
            {readers.datasets.map((name) => (
              <li key={name}>
                <Name name={name} href={datasetHref(name)} />
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
    </div>
  )
}
