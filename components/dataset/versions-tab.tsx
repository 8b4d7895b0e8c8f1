import { DataTable } from '@/components/data-table/data-table'
import type { TableColumn } from '@/components/data-table/types'
import { formatCount } from '@/components/ui/format-number'
import { PhoneWord } from '@/components/ui/phone-word'
import { Section } from '@/components/ui/section'
import { StateWord } from '@/components/ui/state'
import { Time } from '@/components/ui/time'
import type { ComparisonResource, DatasetResource } from '@/lib/datasets/operations'
import { ComparePicker } from './compare-picker'
import { Comparison } from './comparison'
import { datasetHref, stateSigns, stateWords } from './dataset-words'

const columns: TableColumn[] = [
  { id: 'version', header: 'Version', width: '90px', grow: false, fixed: true, phone: 'first' },
  { id: 'state', header: 'State', width: '160px', phone: 'first' },
  { id: 'rows', header: 'Rows', align: 'right', width: '110px', phone: 'second' },
  { id: 'known', header: 'Known at', width: '170px', from: 'md' },
  { id: 'hash', header: 'Content', grow: true, from: 'lg' },
  { id: 'by', header: 'By', width: '150px', phone: 'second' },
  { id: 'created', header: 'Asked', align: 'right', width: '120px', phone: 'second' },
]

const none = <span className="text-muted">–</span>

function Versions({ dataset }: { dataset: DatasetResource }) {
  return (
    <DataTable
      bare
      label="Versions"
      columns={columns}
      rows={dataset.versions.map((one) => ({
        id: String(one.version),
        href: datasetHref(dataset.name, one.version),
        cells: {
          version: <span className="num font-medium">@{one.version}</span>,
          state: <StateWord state={stateSigns[one.state]}>{stateWords[one.state]}</StateWord>,
          rows:
            one.rows === null ? (
              none
            ) : (
              <>
                {formatCount(one.rows)} <PhoneWord>rows</PhoneWord>
              </>
            ),
          known: <Time at={one.known_at} />,
          hash: one.content_hash ? (
            <span className="block truncate font-mono text-12 text-muted">{one.content_hash}</span>
          ) : (
            none
          ),
          by: one.created_by,
          created: <Time at={one.created_at} relative />,
        },
      }))}
    />
  )
}

interface VersionsTabProps {
  dataset: DatasetResource
  /** Null while nothing is compared. */
  comparison: ComparisonResource | null
  /** Why the comparison cannot be shown. */
  failure: string | null
}

/** All versions, and what differs between two of them. */
export function VersionsTab({ dataset, comparison, failure }: VersionsTabProps) {
  const built = dataset.versions.filter(({ content_hash: hash }) => hash !== null)
  return (
    <div className="flex flex-col gap-8">
      <Versions dataset={dataset} />
      <Section title="Compare two versions" id="compare">
        {built.length < 2 ? (
          <p className="text-muted">
            {built.length === 0
              ? 'No version was built yet.'
              : 'There is one version: the next one can be compared with it.'}
          </p>
        ) : (
          <ComparePicker
            name={dataset.name}
            versions={built.map(({ version }) => version)}
            from={comparison?.from ?? built[1]?.version ?? 1}
            to={comparison?.to ?? built[0]?.version ?? 1}
          />
        )}
        {failure ? <p className="mt-3 text-fail">{failure}</p> : null}
        {comparison ? <Comparison comparison={comparison} /> : null}
      </Section>
    </div>
  )
}
