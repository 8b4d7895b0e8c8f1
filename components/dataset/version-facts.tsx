import { type Fact, FactsList } from '@/components/ui/facts-list'
import { formatBytes, formatCount } from '@/components/ui/format-number'
import { Name } from '@/components/ui/name'
import { Time } from '@/components/ui/time'
import { TimedText } from '@/components/ui/timed-text'
import type { DatasetResource, DatasetVersionResource } from '@/lib/datasets/operations'
import { bytesOf } from './dataset-words'

const columnCount = (version: DatasetVersionResource, role: string) =>
  version.columns.filter((column) => column.role === role).length

function splitText({ files }: DatasetVersionResource): string {
  if (files.length < 2) return 'none: one file'
  return files.map(({ name, rows }) => `${name.replace('.parquet', '')} ${formatCount(rows)}`).join(', ')
}

/** Only of a version that was built. */
const builtFacts = (version: DatasetVersionResource): Fact[] => [
  {
    term: 'Columns',
    value: formatCount(version.columns.length),
    number: true,
    note: `${columnCount(version, 'feature')} features, ${columnCount(version, 'spine') + 1} of the spine`,
  },
  { term: 'Divided into', value: splitText(version) },
  {
    term: 'Size',
    value: version.files.length > 0 ? formatBytes(bytesOf(version)) : 'no files',
    number: true,
  },
]

const labelName = ({ group, version, columns }: DatasetVersionResource['groups'][number]): string =>
  `${group}@${version}:${columns[0] ?? ''}`

/** What a version is, as a ruled list. */
export function VersionFacts({
  dataset,
  version,
}: {
  dataset: DatasetResource
  version: DatasetVersionResource
}) {
  const label = version.groups.find(({ role }) => role === 'label')
  const service = version.spec.feature_service
  const serviceName =
    typeof service === 'object' && service !== null && 'name' in service ? String(service.name) : null
  return (
    <FactsList
      facts={[
        { term: 'Rows from', value: <TimedText text={version.spine} /> },
        ...(serviceName
          ? [{ term: 'Features of', value: <Name name={serviceName} href={`/services/${serviceName}`} /> }]
          : []),
        { term: 'Label', value: label ? <Name name={labelName(label)} /> : 'none' },
        {
          term: 'Rows',
          value: version.rows === null ? 'not built' : formatCount(version.rows),
          number: true,
          ...(version.left_out && version.left_out.rows > 0
            ? { note: `${formatCount(version.left_out.rows)} left out. ${version.left_out.reason ?? ''}` }
            : {}),
        },
        ...(version.content_hash === null ? [] : builtFacts(version)),
        {
          term: 'Known at',
          value: <Time at={version.known_at} precision="second" />,
          note: 'What was committed later is not in it.',
        },
        { term: 'Environment', value: version.environment },
        { term: 'Classification', value: version.classification, note: 'The strictest among its columns.' },
        { term: 'Owner', value: dataset.owner_team },
        {
          term: version.finished_at ? 'Built' : 'Asked',
          value: <Time at={version.finished_at ?? version.created_at} />,
          note: `by ${version.created_by}`,
        },
      ]}
    />
  )
}
