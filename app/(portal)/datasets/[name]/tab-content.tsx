import { Building } from '@/components/dataset/building'
import { CertificatePanel } from '@/components/dataset/certificate-panel'
import { DataTab } from '@/components/dataset/data-tab'
import { FilesTab } from '@/components/dataset/files-tab'
import { LineageTab } from '@/components/dataset/lineage-tab'
import { StatisticsTab } from '@/components/dataset/statistics-tab'
import { VersionFacts } from '@/components/dataset/version-facts'
import { VersionsTab } from '@/components/dataset/versions-tab'
import { Callout } from '@/components/ui/callout'
import { RefusedState } from '@/components/ui/refused-state'
import { Section } from '@/components/ui/section'
import { AssetActivity } from '../../asset-activity'
import type { DatasetParams, LoadedDataset, LoadedTab } from './load-dataset'

interface TabProps {
  loaded: LoadedDataset
  parts: LoadedTab
  params: DatasetParams
}

function Overview({ loaded: { dataset, version }, parts }: TabProps) {
  return (
    <div className="grid gap-8 lg:grid-cols-[7fr_5fr]">
      {parts.certificate ? (
        <CertificatePanel version={version} certificate={parts.certificate} refusal={parts.refusals.read} />
      ) : (
        <Building version={version} />
      )}
      <Section title="Facts">
        <VersionFacts dataset={dataset} version={version} />
      </Section>
    </div>
  )
}

function Statistics({ loaded: { version }, parts, params }: TabProps) {
  const { statistics, refusals } = parts
  if (refusals.read !== null) {
    return (
      <RefusedState
        because={refusals.read}
        help="Statistics show values, so they follow the right to read every column."
      />
    )
  }
  return (
    <StatisticsTab
      dataset={version.dataset}
      version={version.version}
      statistics={statistics?.columns ?? []}
      selected={typeof params.column === 'string' ? params.column : undefined}
    />
  )
}

function Data({ loaded: { version }, parts }: TabProps) {
  const { data, refusals } = parts
  if (refusals.rows !== null)
    return (
      <RefusedState
        because={refusals.rows}
        help="Rows show values, so they follow the right to read their columns."
      />
    )
  if (!data?.value)
    return <Callout title="No rows to show">{data?.reason ?? 'Its files are not there.'}</Callout>
  return (
    <DataTab
      dataset={version.dataset}
      version={version.version}
      files={version.files.map(({ name }) => name)}
      data={data.value}
    />
  )
}

/** The chosen tab. What needs a built version says so while there is none. */
export function TabContent(props: TabProps) {
  const { loaded, parts } = props
  const { dataset, version, tab } = loaded
  if (tab === 'overview') return <Overview {...props} />
  if (tab === 'versions') {
    return (
      <VersionsTab
        dataset={dataset}
        comparison={parts.comparison?.value ?? null}
        failure={parts.comparison?.reason ?? null}
      />
    )
  }
  if (tab === 'activity')
    return (
      <AssetActivity
        kind="dataset"
        name={dataset.name}
        versions={dataset.versions.map(({ version: number }) => number)}
        query={props.params}
      />
    )
  if (tab === 'lineage' && parts.readers) return <LineageTab version={version} readers={parts.readers} />
  if (version.content_hash === null) {
    return <Callout title="Not built">This part is there once version {version.version} is built.</Callout>
  }
  if (tab === 'statistics') return <Statistics {...props} />
  if (tab === 'data') return <Data {...props} />
  const { read, change } = parts.refusals
  return <FilesTab version={version} readRefusal={read} changeRefusal={change} />
}
