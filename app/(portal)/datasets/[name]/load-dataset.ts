import { type DatasetTab, datasetTabs } from '@/components/dataset/dataset-header'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import {
  compareDatasetVersions,
  datasetReaders,
  datasetRefusals,
  getCertificate,
  getDatasetRows,
  getDatasetStatistics,
  getDatasetVersion,
  getTrainingDataset,
} from '@/lib/datasets'
import type { ComparisonResource, DatasetVersionResource } from '@/lib/datasets/operations'

export type DatasetParams = Record<string, string | string[] | undefined>

const numberOf = (value: string | string[] | undefined): number | undefined =>
  typeof value === 'string' && /^[1-9]\d{0,8}$/.test(value) ? Number(value) : undefined

const tabOf = ({ tab }: DatasetParams): DatasetTab => datasetTabs.find((one) => one === tab) ?? 'overview'

/** `compare=1-2` of the address. */
function comparedPair({ compare }: DatasetParams): [number, number] | null {
  const [from, to] = typeof compare === 'string' ? compare.split('-').map(numberOf) : []
  return from && to ? [from, to] : null
}

/** What failed for a reason that the reader can understand; everything else is thrown. */
async function orReason<T>(work: Promise<T>): Promise<{ value: T | null; reason: string | null }> {
  try {
    return { value: await work, reason: null }
  } catch (error) {
    if (error instanceof DomainError) return { value: null, reason: error.message }
    throw error
  }
}

async function comparison(
  ctx: Context,
  name: string,
  params: DatasetParams,
): Promise<{ value: ComparisonResource | null; reason: string | null }> {
  const pair = comparedPair(params)
  if (!pair) return { value: null, reason: null }
  return orReason(compareDatasetVersions(ctx, name, ...pair))
}

/** What the chosen tab shows, and what stands above it. */
export async function loadDataset(ctx: Context, name: string, params: DatasetParams) {
  const dataset = await getTrainingDataset(ctx, name)
  const asked = numberOf(params.version)
  const version = asked === undefined ? dataset.latest : await getDatasetVersion(ctx, name, asked)
  if (!version) throw new DomainError('not_found', `A version of training dataset ${name} was not found.`)
  return { dataset, version, tab: tabOf(params) }
}

export type LoadedDataset = Awaited<ReturnType<typeof loadDataset>>

const shownRows = 50

const isBuilt = ({ content_hash: hash }: DatasetVersionResource) => hash !== null

/** The parts of one tab. */
export async function loadTab(ctx: Context, { dataset, version, tab }: LoadedDataset, params: DatasetParams) {
  const { name } = dataset
  const built = isBuilt(version)
  const refusals = await datasetRefusals(ctx, name, version.version)
  return {
    refusals,
    certificate: built && tab === 'overview' ? await getCertificate(ctx, name, version.version) : null,
    statistics:
      built && refusals.read === null && (tab === 'statistics' || tab === 'overview')
        ? await getDatasetStatistics(ctx, name, version.version, { int64AsString: true })
        : null,
    data:
      built && refusals.rows === null && tab === 'data'
        ? await orReason(
            getDatasetRows(ctx, {
              dataset: name,
              version: version.version,
              file: typeof params.file === 'string' ? params.file : undefined,
              limit: shownRows,
            }),
          )
        : null,
    readers: tab === 'lineage' ? await datasetReaders(ctx, name) : null,
    comparison: tab === 'versions' ? await comparison(ctx, name, params) : null,
  }
}

export type LoadedTab = Awaited<ReturnType<typeof loadTab>>
