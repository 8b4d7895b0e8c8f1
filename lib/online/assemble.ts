import type { FeatureType } from '@/lib/core/feature-type'
import type { FoundRow, FoundRows } from './fetch-rows'
import type { ServingPlan } from './serving-plan'

export interface AnswerOptions {
  metadata: boolean
  /** Values older than the ttl are answered all the same. */
  staleReturned: boolean
  int64AsString: boolean
}

/** The values of one column of the answer, each a JSON text. */
export interface AnswerColumn {
  values: string[]
  statuses: string[]
  eventTimes: string[]
}

type Spell = (fragment: string) => string

const holdsInt64 = (type: FeatureType): boolean =>
  type.kind === 'int64' || (type.kind === 'array' && holdsInt64(type.element))

/** Bare integers as strings, for clients whose numbers end at 2^53. Other types hold no bare integer of 64 bits. */
export const spellingOf = (type: FeatureType, int64AsString: boolean): Spell | null =>
  int64AsString && holdsInt64(type) ? (fragment) => fragment.replace(/-?\d+/g, '"$&"') : null

function cellOf(row: FoundRow | undefined, position: number, options: AnswerOptions): string {
  if (!row || (row.outsideMaxAge && !options.staleReturned)) return 'null'
  // A row that is older than a revision has fewer fragments.
  return row.fragments[position] ?? 'null'
}

function statusOf(row: FoundRow | undefined, position: number): string {
  if (!row) return '"NOT_FOUND"'
  if (row.outsideMaxAge) return '"OUTSIDE_MAX_AGE"'
  return (row.fragments[position] ?? 'null') === 'null' ? '"NULL_VALUE"' : '"PRESENT"'
}

const timeOf = (row: FoundRow | undefined): string => (row ? `"${row.eventTime}"` : 'null')

/** Cuts the plan's columns out of the rows. Nothing is parsed: a value's fragment is its answer. */
export function answerColumns(plan: ServingPlan, found: FoundRows, options: AnswerOptions): AnswerColumn[] {
  const columns: AnswerColumn[] = plan.columns.map(() => ({ values: [], statuses: [], eventTimes: [] }))
  for (const [place, { cuts }] of plan.views.entries()) {
    const rows = found[place] ?? []
    for (const { position, column } of cuts) {
      const target = columns[column]
      const type = plan.columns[column]?.type
      if (!target || !type) continue
      const spell = spellingOf(type, options.int64AsString)
      const values = rows.map((row) => cellOf(row, position, options))
      target.values = spell ? values.map(spell) : values
      if (!options.metadata) continue
      target.statuses = rows.map((row) => statusOf(row, position))
      target.eventTimes = rows.map(timeOf)
    }
  }
  return columns
}

const matrix = (columns: AnswerColumn[], part: keyof AnswerColumn): string =>
  `[${columns.map((column) => `[${column[part].join(',')}]`).join(',')}]`

/** The body of a read, column by column. */
export function answerText(
  plan: ServingPlan,
  echoes: string[][],
  columns: AnswerColumn[],
  options: AnswerOptions,
  servedAt: string,
): string {
  const entities = plan.keys.map(({ name, type }, index) => {
    const spell = spellingOf(type, options.int64AsString)
    const values = echoes[index] ?? []
    return `${JSON.stringify(name)}:[${(spell ? values.map(spell) : values).join(',')}]`
  })
  const more = options.metadata
    ? `,"statuses":${matrix(columns, 'statuses')},"event_times":${matrix(columns, 'eventTimes')}`
    : ''
  const service = plan.service
    ? `"feature_service":${JSON.stringify(plan.service.name)},"service_version":${plan.service.version},`
    : ''
  const pending = plan.pending ? `"online":${JSON.stringify(plan.pending)},` : ''
  return `{"features":${plan.namesJson},"entities":{${entities.join(',')}},"values":${matrix(columns, 'values')}${more},"meta":{${service}${pending}"served_at":"${servedAt}"}}`
}
