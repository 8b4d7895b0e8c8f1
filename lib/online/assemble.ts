import { int64Spelling } from '@/lib/core/feature-type'
import type { FoundRow, FoundView } from './fetch-rows'
import type { ServingPlan } from './serving-plan'

export interface AnswerOptions {
  metadata: boolean
  /** Values older than the ttl are answered all the same. */
  staleReturned: boolean
  int64AsString: boolean
}

/** One column of the answer; each value is a JSON text. */
export interface AnswerColumn {
  values: string[]
  /** Empty without metadata, as the times are. */
  statuses: string[]
  eventTimes: string[]
}

/** A row that is older than a revision has fewer fragments. */
const fragmentOf = (row: FoundRow, position: number): string => row.fragments[position] ?? 'null'

function valuesOf({ rows, oldest }: FoundView, position: number, staleReturned: boolean): string[] {
  const values: string[] = new Array(rows.length)
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index]
    const isServed = row !== undefined && (staleReturned || row.eventTime >= oldest)
    values[index] = isServed ? fragmentOf(row, position) : 'null'
  }
  return values
}

function statusOf(row: FoundRow | undefined, position: number, oldest: string): string {
  if (!row) return '"NOT_FOUND"'
  if (row.eventTime < oldest) return '"OUTSIDE_MAX_AGE"'
  return fragmentOf(row, position) === 'null' ? '"NULL_VALUE"' : '"PRESENT"'
}

const timeOf = (row: FoundRow | undefined): string => (row ? `"${row.eventTime}"` : 'null')

/** Cuts the plan's columns out of the rows. Nothing is parsed: a value's fragment is its answer. */
export function answerColumns(plan: ServingPlan, found: FoundView[], options: AnswerOptions): AnswerColumn[] {
  const columns: AnswerColumn[] = new Array(plan.columns.length)
  const none: string[] = []
  for (const [place, { cuts }] of plan.views.entries()) {
    const view = found[place] ?? { rows: [], oldest: '' }
    const eventTimes = options.metadata ? view.rows.map(timeOf) : none
    for (const { position, column, type } of cuts) {
      const values = valuesOf(view, position, options.staleReturned)
      const spell = int64Spelling(type, options.int64AsString)
      columns[column] = {
        values: spell ? values.map(spell) : values,
        statuses: options.metadata ? view.rows.map((row) => statusOf(row, position, view.oldest)) : none,
        eventTimes,
      }
    }
  }
  return columns
}

/** `[[…],[…]]` of one part of the columns. By hand: this is most of the answer. */
function matrix(columns: AnswerColumn[], part: keyof AnswerColumn): string {
  let text = ''
  for (const column of columns) text += `${text === '' ? '[' : ',['}${column[part].join(',')}]`
  return `[${text}]`
}

/** The body of a read, column by column. */
export function answerText(
  plan: ServingPlan,
  echoes: string[][],
  columns: AnswerColumn[],
  options: AnswerOptions,
  servedAt: string,
): string {
  const entities = plan.keys.map(({ name, type }, index) => {
    const spell = int64Spelling(type, options.int64AsString)
    const values = echoes[index] ?? []
    return `${JSON.stringify(name)}:[${(spell ? values.map(spell) : values).join(',')}]`
  })
  const more = options.metadata
    ? `,"statuses":${matrix(columns, 'statuses')},"event_times":${matrix(columns, 'eventTimes')}`
    : ''
  const pending = plan.pending ? `"online":${JSON.stringify(plan.pending)},` : ''
  return `{"features":${plan.namesJson},"entities":{${entities.join(',')}},"values":${matrix(columns, 'values')}${more},"meta":{${plan.serviceJson}${pending}"served_at":"${servedAt}"}}`
}
