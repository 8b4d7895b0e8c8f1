import { DataTable } from '@/components/data-table/data-table'
import type { TableColumn, TableRow } from '@/components/data-table/types'
import { durationWords, exactText } from '@/components/feature-group/words'
import { contractWords } from '@/components/monitoring/contract-terms'
import { CodeBlock } from '@/components/ui/code-block'
import { type Fact, FactsList } from '@/components/ui/facts-list'
import { plural } from '@/components/ui/format-number'
import { NameText } from '@/components/ui/name-text'
import { Section } from '@/components/ui/section'
import type { FeatureResource, VersionResource } from '@/lib/registry/operations'

const mono = (text: string) => <code className="break-all font-mono text-12">{text}</code>

function factsOf(version: VersionResource): Fact[] {
  const { keys, timestamp_key: time, ttl, source_delay: delay, allowed_skew: skew, online } = version
  const { name, kind } = version.source
  return [
    {
      term: 'Keys',
      value:
        keys.length > 0 ? mono(keys.map((key) => `${key.name} ${key.type}`).join(', ')) : 'none: one row',
    },
    { term: 'Event time', value: mono(time) },
    { term: 'Time to live', value: ttl ? durationWords(ttl) : 'unlimited' },
    {
      term: 'Source',
      value: typeof name === 'string' ? mono(name) : kind === 'push' ? 'rows are pushed' : kind,
    },
    { term: 'Source delay', value: delay === 'PT0S' ? 'none' : durationWords(delay) },
    { term: 'Rows from the future', value: `up to ${durationWords(skew)}` },
    { term: 'Online store', value: online ? 'latest row of each key' : 'not served online' },
    { term: 'Environments', value: version.environments.map((one) => one.name).join(', ') || 'none' },
    ...(version.inputs.length > 0
      ? [
          {
            term: 'Inputs, not stored',
            value: mono(version.inputs.map((one) => `${one.name} ${one.type}`).join(', ')),
          },
        ]
      : []),
  ]
}

const columns: TableColumn[] = [
  { id: 'name', header: 'Feature', width: '240px', grow: false, fixed: true, phone: 'first' },
  { id: 'type', header: 'Type', width: '110px', phone: 'first' },
  { id: 'description', header: 'Meaning', grow: true, phone: 'second' },
  { id: 'contract', header: 'Contract', width: '220px', from: 'lg' },
]

/** What sets a feature apart from a plain column of its group. */
const asideOf = ({ role, horizon, classification, expression }: FeatureResource): string =>
  [
    role === 'label' ? `label${horizon ? `, ${durationWords(horizon)} ahead` : ''}` : null,
    classification,
    expression === null ? null : `= ${expression}`,
  ]
    .filter((part) => part !== null)
    .join(' · ')

function rowOf(feature: FeatureResource): TableRow {
  const { name, type, description, contract } = feature
  const aside = asideOf(feature)
  return {
    id: name,
    cells: {
      name: <NameText name={name} />,
      type: <span className="font-mono text-12">{type}</span>,
      description: (
        <span className="block truncate" title={description}>
          {description || <span className="text-muted">not described</span>}
          {aside ? <span className="ml-2 text-12 text-muted">{aside}</span> : null}
        </span>
      ),
      contract: contract ? (
        <span className="block max-w-60 truncate" title={contractWords(contract)}>
          {contractWords(contract)}
        </span>
      ) : (
        <span className="text-muted">none</span>
      ),
    },
  }
}

/** All that a version fixes, as field rows. */
export function Definition({ version }: { version: VersionResource }) {
  const { transformation } = version
  return (
    <>
      <Section title="Features" aside={plural(version.features.length, 'feature')}>
        <DataTable bare label="Features" columns={columns} rows={version.features.map(rowOf)} />
      </Section>
      <Section title="Definition">
        <FactsList facts={factsOf(version)} />
      </Section>
      {transformation ? (
        <Section
          title="Transformation"
          note={`Reads ${transformation.inputs.join(', ') || 'nothing'}${
            transformation.schedule ? `, on schedule ${exactText(transformation.schedule)}` : ''
          }.`}
        >
          <CodeBlock language="SQL" code={transformation.sql} />
        </Section>
      ) : null}
    </>
  )
}
