import Link from 'next/link'
import { MiniDistribution } from '@/components/charts/mini-distribution'
import { DataTable } from '@/components/data-table/data-table'
import type { TableColumn } from '@/components/data-table/types'
import { UsingDatasets } from '@/components/dataset/using-datasets'
import { foldCounts } from '@/components/feature/prepare-distribution'
import { formatCount } from '@/components/ui/format-number'
import { Name } from '@/components/ui/name'
import { PhoneWord } from '@/components/ui/phone-word'
import { toRoute, withParams } from '@/components/ui/route'
import { Section } from '@/components/ui/section'
import { Time } from '@/components/ui/time'
import type { UsageResource } from '@/lib/catalog/operations'
import { featureHref, type GroupPlace } from './place'
import { ReadsByDay } from './reads-by-day'
import { readerKind, takenWords } from './words'

const readerColumns: TableColumn[] = [
  { id: 'name', header: 'Reader', grow: true, fixed: true, phone: 'first' },
  { id: 'owner', header: 'Answers for it', width: '152px', from: 'lg' },
  { id: 'teams', header: 'Teams', width: '136px', from: 'md' },
  { id: 'days', header: 'By day', width: '88px', phone: 'first' },
  { id: 'online', header: 'Online reads', align: 'right', width: '112px', phone: 'second' },
  { id: 'offline', header: 'Historical reads', align: 'right', width: '128px', from: 'md' },
  { id: 'last', header: 'Last read', align: 'right', width: '128px', phone: 'second' },
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
          name: (
            <>
              {reader.name} <span className="text-12 text-muted">{readerKind(reader.kind)}</span>
            </>
          ),
          owner: reader.owner ?? '',
          teams: reader.teams.join(', '),
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
          last: <Time at={reader.last_read} relative />,
        },
      }))}
    />
  )
}

const featureColumns: TableColumn[] = [
  { id: 'name', header: 'Feature', grow: true, fixed: true, phone: 'first' },
  { id: 'reads', header: 'Reads', align: 'right', width: '120px', phone: 'second' },
  { id: 'readers', header: 'Readers', align: 'right', width: '120px', phone: 'second' },
  { id: 'last', header: 'Last read', align: 'right', width: '128px', phone: 'second' },
]

function Features({ features, place }: { features: UsageResource['features']; place: GroupPlace }) {
  return (
    <DataTable
      bare
      label="Reads by feature"
      columns={featureColumns}
      rows={features.map(({ name, reads, readers, last_read }) => ({
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
          last: <Time at={last_read} relative />,
        },
      }))}
    />
  )
}

const refusedColumns: TableColumn[] = [
  { id: 'name', header: 'Who asked', grow: true, fixed: true, phone: 'first' },
  { id: 'times', header: 'Refused', align: 'right', width: '104px', phone: 'second' },
  { id: 'last', header: 'Last', align: 'right', width: '128px', phone: 'second' },
]

/** Reads that were refused; for those who look after the group or the audit log. */
function Refused({ refused, group }: { refused: NonNullable<UsageResource['refused']>; group: string }) {
  if (refused.length === 0) return null
  return (
    <Section
      title="Refused"
      note="Reads that the policies did not allow."
      aside={
        <Link
          className="link"
          href={toRoute(withParams('/governance/audit', '', { resource: group, verdict: 'deny' }))}
        >
          In the audit log
        </Link>
      }
    >
      <DataTable
        bare
        label="Refused reads"
        columns={refusedColumns}
        rows={refused.map(({ name, owner, times, last }) => ({
          id: `${name}/${owner ?? ''}`,
          cells: {
            name: (
              <>
                {name} {owner ? <span className="text-12 text-muted">of {owner}</span> : null}
              </>
            ),
            times: (
              <>
                {formatCount(times)}
                <PhoneWord>refused</PhoneWord>
              </>
            ),
            last: <Time at={last} relative />,
          },
        }))}
      />
    </Section>
  )
}

/** The same reads by the hour, and as a file. */
function MoreUsage({ usage }: { usage: UsageResource }) {
  const at = { by: 'feature', group: usage.group, environment: usage.environment }
  return (
    <p className="flex flex-wrap gap-x-4 text-12">
      <Link className="link" href={toRoute(withParams('/operations/usage', '', { ...at, span: '24h' }))}>
        The last 24 hours by the hour
      </Link>
      <a
        className="link"
        href={withParams('/api/v1/usage', '', { ...at, from: usage.since, format: 'csv' })}
        download
      >
        CSV of its features
      </a>
      <a
        className="link"
        href={withParams('/api/v1/usage', '', { ...at, by: 'consumer', from: usage.since, format: 'csv' })}
        download
      >
        CSV of its readers
      </a>
    </p>
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
      <div className="flex flex-col gap-2">
        <ReadsByDay usage={usage} />
        <MoreUsage usage={usage} />
      </div>
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
      {usage.refused ? <Refused refused={usage.refused} group={usage.group} /> : null}
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
