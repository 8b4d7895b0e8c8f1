import { MiniDistribution } from '@/components/charts/mini-distribution'
import { DataTable } from '@/components/data-table/data-table'
import type { TableColumn } from '@/components/data-table/types'
import { UsingDatasets } from '@/components/dataset/using-datasets'
import { foldCounts } from '@/components/feature/prepare-distribution'
import { formatCount } from '@/components/ui/format-number'
import { formatDay } from '@/components/ui/format-time'
import { Name } from '@/components/ui/name'
import { PhoneWord } from '@/components/ui/phone-word'
import { Section } from '@/components/ui/section'
import type { UsageResource } from '@/lib/catalog/operations'
import { featureHref, type GroupPlace } from './place'
import { ReadsByDay } from './reads-by-day'
import { readerKind, takenWords } from './words'

const readerColumns: TableColumn[] = [
  { id: 'name', header: 'Reader', grow: true, fixed: true, phone: 'first' },
  { id: 'kind', header: 'Kind', width: '120px', phone: 'second' },
  { id: 'days', header: 'By day', width: '88px', phone: 'first' },
  { id: 'online', header: 'Online reads', align: 'right', width: '120px', phone: 'second' },
  { id: 'offline', header: 'Historical reads', align: 'right', width: '136px', from: 'md' },
  { id: 'last', header: 'Last day', align: 'right', width: '104px', phone: 'second' },
]

function Readers({ readers }: { readers: UsageResource['readers'] }) {
  return (
    <DataTable
      bare
      label="Readers"
      columns={readerColumns}
      rows={readers.map((reader) => ({
        id: `${reader.kind}/${reader.name}`,
        cells: {
          name: reader.name,
          kind: readerKind(reader.kind),
          days: (
            <MiniDistribution counts={foldCounts(reader.days)} label={`Reads by ${reader.name} over time`} />
          ),
          online: (
            <>
              {formatCount(reader.online)}
              <PhoneWord>online reads</PhoneWord>
            </>
          ),
          offline: formatCount(reader.offline),
          last: formatDay(reader.last_day),
        },
      }))}
    />
  )
}

const featureColumns: TableColumn[] = [
  { id: 'name', header: 'Feature', grow: true, fixed: true, phone: 'first' },
  { id: 'reads', header: 'Reads', align: 'right', width: '120px', phone: 'second' },
  { id: 'readers', header: 'Readers', align: 'right', width: '120px', phone: 'second' },
]

function Features({ features, place }: { features: UsageResource['features']; place: GroupPlace }) {
  return (
    <DataTable
      bare
      label="Reads by feature"
      columns={featureColumns}
      rows={features.map(({ name, reads, readers }) => ({
        id: name,
        href: featureHref(place, name),
        cells: {
          name: <Name name={name} href={featureHref(place, name)} />,
          reads: (
            <>
              {formatCount(reads)}
              <PhoneWord>reads</PhoneWord>
            </>
          ),
          readers: (
            <>
              {formatCount(readers)}
              <PhoneWord>readers</PhoneWord>
            </>
          ),
        },
      }))}
    />
  )
}

interface UsageViewProps {
  usage: UsageResource
  /** Features that nobody read in that time. */
  unread: readonly string[]
  place: GroupPlace
}

/** Real reads by day, by reader and by feature. */
export function UsageView({ usage, unread, place }: UsageViewProps) {
  return (
    <div className="flex flex-col gap-8">
      <ReadsByDay usage={usage} />
      <Section
        title="Readers"
        note="Keys are named as themselves; looks at these pages’ rows are counted in the audit log, not here."
      >
        <Readers readers={usage.readers} />
      </Section>
      <Section
        title="By feature"
        {...(unread.length > 0 ? { note: `Not read in this time: ${unread.join(', ')}.` } : {})}
      >
        <Features features={usage.features} place={place} />
      </Section>
      {usage.datasets.length > 0 ? (
        <Section title="Training datasets" note="Built from it; each with the newest version that is.">
          <UsingDatasets
            datasets={usage.datasets.map((one) => ({
              ...one,
              owner: one.owner_team,
              taken: takenWords(one.features),
            }))}
          />
        </Section>
      ) : null}
    </div>
  )
}
