import type { PlacedFault, PlannedItem, PlanResource } from '@/lib/definitions/operations'

type Fault = Pick<PlacedFault, 'path' | 'line' | 'column_number' | 'reason'>

export const faultLine = ({ path, line, column_number, reason }: Fault): string =>
  `${path}:${line}:${column_number}: ${reason}`

const marks: Record<PlannedItem['act'], string> = {
  create: '+',
  update: '~',
  revise: '~',
  new_version: '!',
  submit: '~',
  none: '=',
}

const classMarks = { breaking: '!', warning: '~', info: ' ' } as const

const shown = (value: unknown): string => {
  if (value === null || value === undefined) return '(nothing)'
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}

const counted = (count: number, one: string, names: readonly string[]): string[] =>
  count === 0
    ? []
    : [`${count} ${one}${count === 1 ? '' : 's'} (${names.slice(0, 5).join(', ')}${count > 5 ? ', …' : ''})`]

function impactLine({ impact }: PlannedItem): string[] {
  if (!impact) return []
  const readers = impact.consumers.map(({ name, reads }) => `${name}, ${reads} reads in 30 days`)
  const hit = [
    ...counted(impact.services.length, 'service', impact.services),
    ...counted(impact.datasets.length, 'dataset', impact.datasets),
    ...counted(impact.consumers.length, 'reader', readers),
  ]
  const who = hit.length === 0 ? 'read by nobody that you may know of' : `read by ${hit.join(', ')}`
  return [`    ${who}; owners: ${impact.owner_teams.join(', ')}`]
}

function whatOf(item: PlannedItem): string {
  const version = item.version === null ? '' : ` version ${item.version}`
  const waits = item.waits ? ', waits for a second person' : ''
  const words: Record<PlannedItem['act'], string> = {
    create: `new${version}`,
    update: 'what is said of it',
    revise: `compatible change of${version}`,
    new_version: `new${version}`,
    submit: `${version.trimStart()} is submitted`,
    none: item.waits ? `nothing to do,${version} is in review` : 'nothing to do',
  }
  return item.act === 'none' ? words.none : `${words[item.act]}${waits}`
}

function itemLines(item: PlannedItem): string[] {
  if (item.faults.length > 0) return item.faults.map((fault) => `✗ ${faultLine(fault)}`)
  return [
    `${marks[item.act]} ${item.kind} ${item.name}: ${whatOf(item)}`,
    ...item.changes.map(
      (one) => `  ${classMarks[one.class]} ${one.field}: ${shown(one.old)} → ${shown(one.new)}`,
    ),
    ...impactLine(item),
  ]
}

function summaryLine({ summary }: PlanResource): string {
  const { create, update, revise, new_version, submit, none, faults, breaking, waits } = summary
  const parts = [
    [create, 'to register'],
    [update, 'to change'],
    [revise, 'to revise'],
    [new_version, 'to version anew'],
    [submit, 'to submit'],
    [none, 'as they are'],
    [breaking, 'breaking'],
    [waits, 'for a second person'],
    [faults, faults === 1 ? 'fault' : 'faults'],
  ] as const
  return parts.flatMap(([count, word]) => (count > 0 ? [`${count} ${word}`] : [])).join(', ')
}

/** What would be done, for people: what stays as it is is counted, not listed. */
export const planText = (plan: PlanResource): string =>
  [
    ...plan.faults.map((fault) => `✗ ${faultLine(fault)}`),
    ...plan.items
      .filter(({ act, faults, waits }) => act !== 'none' || faults.length > 0 || waits)
      .flatMap(itemLines),
    summaryLine(plan),
  ].join('\n')
