import { type CsvCell, csvLine } from '@/lib/core/csv-line'
import type { ImpactResource } from './impact-resources'

const columns = [
  'kind',
  'name',
  'version',
  'features',
  'owner',
  'teams',
  'reads_1d',
  'reads_7d',
  'reads_30d',
  'last_read',
] as const
type Line = Partial<Record<(typeof columns)[number], CsvCell>>

const listed = (names: readonly string[]) => names.join(' ')

function linesOf({ services, groups, datasets, models, consumers, note }: ImpactResource): Line[] {
  const built = (kind: string) => (one: ImpactResource['datasets'][number]) => ({
    kind,
    name: one.name,
    version: one.version,
    features: listed(one.features),
    teams: one.owner_team,
  })
  return [
    ...services.map(built('service')),
    ...groups.map((name) => ({ kind: 'group', name })),
    ...datasets.map(built('dataset')),
    ...models.map((name) => ({ kind: 'model', name })),
    ...consumers.map((one) => ({
      kind: one.kind,
      name: one.name,
      features: listed(one.features.map(({ name }) => name)),
      owner: one.owner,
      teams: listed(one.owner_teams),
      reads_1d: one.reads_1d,
      reads_7d: one.reads_7d,
      reads_30d: one.reads,
      last_read: one.last_read,
    })),
    { kind: 'note', name: note },
  ]
}

/** An impact as CSV: a line for each of those who are hit; and what is said of the list. */
export const impactCsv = (impact: ImpactResource): string =>
  [columns, ...linesOf(impact).map((line) => columns.map((name) => line[name]))].map(csvLine).join('')
