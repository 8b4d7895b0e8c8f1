import type { ReactNode } from 'react'
import { KindGlyph } from '@/components/icons/kind-glyph'
import { PageHeader } from '@/components/layout/page-header'
import { ButtonLink } from '@/components/ui/button'
import type { DatasetResource, DatasetVersionResource } from '@/lib/datasets/operations'
import { datasetHref, datasetVerdict } from './dataset-words'

export const datasetTabs = [
  'overview',
  'data',
  'statistics',
  'files',
  'lineage',
  'versions',
  'activity',
] as const
export type DatasetTab = (typeof datasetTabs)[number]

const tabLabels: Record<DatasetTab, string> = {
  overview: 'Overview',
  data: 'Data',
  statistics: 'Statistics',
  files: 'Files & code',
  lineage: 'Lineage & readers',
  versions: 'Versions',
  activity: 'Activity',
}

interface DatasetHeaderProps {
  dataset: DatasetResource
  version: DatasetVersionResource
  tab: DatasetTab
  mayCreate: boolean
  /** The button that follows it. */
  follow: ReactNode
}

/** Title, verdict and tabs of a dataset's page. */
export function DatasetHeader({ dataset, version, tab, mayCreate, follow }: DatasetHeaderProps) {
  const { name } = dataset
  const next = `/datasets/new?name=${encodeURIComponent(name)}`
  return (
    <PageHeader
      size="asset"
      breadcrumbs={{
        crumbs: [
          { label: 'Datasets', href: '/datasets' },
          { label: name, mono: true },
        ],
        fullName: name,
      }}
      before={<KindGlyph kind="dataset" title="Training dataset" className="text-muted" />}
      title={name}
      after={<span className="num text-muted">@{version.version}</span>}
      description={dataset.description || undefined}
      actions={
        <>
          {follow}
          {mayCreate ? <ButtonLink href={next}>Build next version</ButtonLink> : null}
          {version.state === 'ready' ? (
            <ButtonLink
              variant="primary"
              href={datasetHref(name, version.version, 'files')}
              data-shortcut="u"
            >
              Use it
            </ButtonLink>
          ) : null}
        </>
      }
      verdict={datasetVerdict(dataset, version)}
      tabs={datasetTabs.map((one) => ({
        label: tabLabels[one],
        href: datasetHref(name, version.version, one),
        current: one === tab,
        ...(one === 'versions' ? { count: dataset.versions.length } : {}),
      }))}
    />
  )
}
