import { filledRows, type GridColumn, type GridRow, newRow } from '@/components/forms/grid-model'
import { flag, listOf, objectOf, type Read, readKept, recordOf, text } from '@/components/forms/kept'
import type { ContractVersionResource } from '@/lib/contracts/operations'

type Terms = ContractVersionResource['terms']
type Enforcement = 'strict' | 'warn'

const rows = listOf(objectOf({ key: text, cells: recordOf(text) }))

/** What is typed into the form. */
const contractDraft = objectOf({
  enforcement: text,
  maxAge: text,
  by: text,
  atCommit: flag,
  freshnessEnforcement: text,
  commitMin: text,
  commitMax: text,
  dayMin: text,
  dayMax: text,
  rowsEnforcement: text,
  checks: rows,
  unique: rows,
  shares: rows,
  purpose: text,
  service_level: text,
  support: text,
  limitations: text,
  reason: text,
  service: text,
})
export type ContractDraft = Read<typeof contractDraft>
export const readContractDraft = readKept(contractDraft)

const enforcement: GridColumn = {
  id: 'enforcement',
  label: 'When broken',
  kind: 'select',
  options: ['', 'strict', 'warn'],
  width: '8rem',
}
export const checkColumns: GridColumn[] = [
  {
    id: 'name',
    label: 'Name',
    kind: 'text',
    mono: true,
    required: true,
    width: '13rem',
    placeholder: 'plausible_delay',
  },
  {
    id: 'expression',
    label: 'True of each row',
    kind: 'text',
    mono: true,
    required: true,
    placeholder: 'mean_delay_7d <= p90_delay_7d',
  },
  enforcement,
]
export const uniqueColumns: GridColumn[] = [
  {
    id: 'columns',
    label: 'Columns',
    kind: 'text',
    mono: true,
    required: true,
    placeholder: 'airport, day_end',
  },
  enforcement,
]
export const shareColumns: GridColumn[] = [
  { id: 'feature', label: 'Feature', kind: 'text', mono: true, required: true, placeholder: 'mean_delay_7d' },
  { id: 'max', label: 'Most null, %', kind: 'text', required: true, width: '8rem', placeholder: '5' },
  enforcement,
]

const bound = (value: number | undefined) => (value === undefined ? '' : String(value))

/** The contract in force as a draft of the next one; an empty one without any. */
export function draftOf(contract: ContractVersionResource | null, service: string): ContractDraft {
  const terms: Terms = contract?.terms ?? {}
  const { freshness, rows: counts } = terms
  return {
    enforcement: terms.enforcement ?? 'strict',
    maxAge: freshness?.max_age ?? '',
    by: freshness?.by ?? '',
    atCommit: freshness?.at_commit ?? false,
    freshnessEnforcement: freshness?.enforcement ?? '',
    commitMin: bound(counts?.per_commit?.min),
    commitMax: bound(counts?.per_commit?.max),
    dayMin: bound(counts?.per_day?.min),
    dayMax: bound(counts?.per_day?.max),
    rowsEnforcement: counts?.enforcement ?? '',
    checks: (terms.checks ?? []).map(({ name, expression, enforcement: own = '' }) =>
      newRow(checkColumns, { name, expression, enforcement: own }),
    ),
    unique: (terms.unique ?? []).map(({ columns, enforcement: own = '' }) =>
      newRow(uniqueColumns, { columns: columns.join(', '), enforcement: own }),
    ),
    shares: (terms.null_share ?? []).map(({ feature, max, enforcement: own = '' }) =>
      newRow(shareColumns, { feature, max: String(Number((max * 100).toPrecision(12))), enforcement: own }),
    ),
    purpose: contract?.purpose ?? '',
    service_level: contract?.service_level ?? '',
    support: contract?.support ?? '',
    limitations: contract?.limitations ?? '',
    reason: '',
    service,
  }
}

const enforcedBy = (text: string | undefined): { enforcement?: Enforcement } =>
  text === 'strict' || text === 'warn' ? { enforcement: text } : {}

/** What is not a number is sent as it was typed, for the answer to name it. */
const numberOf = (text: string) =>
  text.trim() === '' || Number.isNaN(Number(text)) ? text.trim() : Number(text)

const boundsOf = (min: string, max: string) => {
  const bounds = {
    ...(min.trim() === '' ? {} : { min: numberOf(min) }),
    ...(max.trim() === '' ? {} : { max: numberOf(max) }),
  }
  return Object.keys(bounds).length > 0 ? bounds : undefined
}

function freshnessOf(draft: ContractDraft) {
  const { maxAge, by, atCommit, freshnessEnforcement } = draft
  if (maxAge.trim() === '' && by.trim() === '') return undefined
  return {
    ...(maxAge.trim() === '' ? {} : { max_age: maxAge.trim() }),
    ...(by.trim() === '' ? {} : { by: by.trim() }),
    ...(atCommit ? { at_commit: true } : {}),
    ...enforcedBy(freshnessEnforcement),
  }
}

function countsOf({ commitMin, commitMax, dayMin, dayMax, rowsEnforcement }: ContractDraft) {
  const [commit, day] = [boundsOf(commitMin, commitMax), boundsOf(dayMin, dayMax)]
  if (!commit && !day) return undefined
  return {
    ...(commit ? { per_commit: commit } : {}),
    ...(day ? { per_day: day } : {}),
    ...enforcedBy(rowsEnforcement),
  }
}

const filled = (all: readonly GridRow[], columns: GridColumn[]) =>
  filledRows(all, columns).map(({ cells }) => cells)

/** The terms as the interface takes them. */
export function termsOf(draft: ContractDraft): Record<string, unknown> {
  const checks = filled(draft.checks, checkColumns).map(
    ({ name = '', expression = '', enforcement: own }) => ({
      name: name.trim(),
      expression: expression.trim(),
      ...enforcedBy(own),
    }),
  )
  const unique = filled(draft.unique, uniqueColumns).map(({ columns = '', enforcement: own }) => ({
    columns: columns.split(/[\s,]+/).filter((name) => name !== ''),
    ...enforcedBy(own),
  }))
  const shares = filled(draft.shares, shareColumns).map(({ feature = '', max = '', enforcement: own }) => {
    const share = numberOf(max)
    return {
      feature: feature.trim(),
      max: typeof share === 'number' ? share / 100 : share,
      ...enforcedBy(own),
    }
  })
  const [freshness, counts] = [freshnessOf(draft), countsOf(draft)]
  return {
    ...enforcedBy(draft.enforcement),
    ...(freshness ? { freshness } : {}),
    ...(checks.length > 0 ? { checks } : {}),
    ...(unique.length > 0 ? { unique } : {}),
    ...(counts ? { rows: counts } : {}),
    ...(shares.length > 0 ? { null_share: shares } : {}),
  }
}

const texts = ['purpose', 'service_level', 'support', 'limitations'] as const

/** What is stated in words; nothing for what is left empty. */
export const textsOf = (draft: ContractDraft): Record<string, string> =>
  Object.fromEntries(texts.flatMap((name) => (draft[name].trim() === '' ? [] : [[name, draft[name].trim()]])))
