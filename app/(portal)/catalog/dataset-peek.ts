import { assetHref } from '@/components/catalog/asset-href'
import type { Peek } from '@/components/catalog/peek'
import { datasetVerdict } from '@/components/dataset/dataset-words'
import { formatCount, plural } from '@/components/ui/format-number'
import type { Context } from '@/lib/core/context'
import { getTrainingDataset } from '@/lib/datasets'

/** A training dataset: its newest version that is there, and the groups it is made of. */
export async function datasetPeek(ctx: Context, name: string): Promise<Peek> {
  const dataset = await getTrainingDataset(ctx, name)
  const { latest } = dataset
  const groups = latest?.groups ?? []
  const label = latest?.columns.find(({ role }) => role === 'label')
  return {
    kind: 'dataset',
    name,
    description: dataset.description,
    owner: dataset.owner_team,
    ...(latest ? { verdict: datasetVerdict(dataset, latest) } : {}),
    facts: [
      { term: 'Version', value: latest ? `@${latest.version}` : 'none' },
      { term: 'Rows', value: latest ? formatCount(latest.rows) : '–' },
      { term: 'Label', value: label?.name ?? 'none' },
      { term: 'Classification', value: dataset.classification },
    ],
    linesTitle: `Made of ${plural(groups.length, 'feature group')}`,
    lines: groups.map(({ group, version, role }) => ({
      name: `${group}@${version}`,
      href: assetHref('group', group),
      note: { feature: 'features', label: 'the label', spine: 'the rows' }[role],
    })),
  }
}
