import { invalid } from '@/lib/core/errors'
import type { Column, JoinGroup, JoinRequest } from '../port'
import { isTombstone, leastOrder, placeExpression, placeOf, scanHistory } from './history'
import { knownAt } from './known'
import { identifier } from './sql'
import { winners } from './winners'

export interface JoinPlan {
  statements: string[]
  sql: string
  columns: Column[]
}

interface GroupOutput {
  column: Column
  /** Name within the plan's tables. */
  slot: string
}

/**
 * The plan of a point-in-time join (semantics 17–26). Per group a narrow join of (key, order) finds each spine
 * row's winner; then the asked columns of the winners alone are fetched by place and glued by the spine's row id.
 * `spine` is a SELECT of the spine's typed columns and of each row's number as `__almanac_row`.
 */
export function planJoin(request: JoinRequest, spine: string): JoinPlan {
  checkNames(request)
  const outputs = request.outputs.map((output, position) => ({
    ...output,
    column: outputColumn(request, position),
  }))
  const statements = [`CREATE TEMP TABLE spine AS ${spine}`]
  const fetched: string[] = []
  for (const [index, group] of request.groups.entries()) {
    const wanted = outputs.flatMap((output, position): GroupOutput[] =>
      output.group === index ? [{ column: output.column, slot: `o${position}` }] : [],
    )
    if (wanted.length === 0) continue
    const plan = groupPlan(request, group, index, wanted)
    statements.push(...plan.statements)
    fetched.push(` LEFT JOIN (${plan.fetched}) f${index} ON spine.__almanac_row = f${index}.__almanac_row`)
  }
  const names = [
    ...request.spine.columns.map((column) => `spine.${identifier(column.name)}`),
    ...outputs.map((output, position) => `f${output.group}.o${position} AS ${identifier(output.as)}`),
  ]
  return {
    statements,
    sql: `SELECT ${names.join(', ')} FROM spine${fetched.join('')} ORDER BY spine.__almanac_row`,
    columns: [
      ...request.spine.columns,
      ...outputs.map(({ column, as }) => ({ name: as, type: column.type })),
    ],
  }
}

function outputColumn(request: JoinRequest, position: number): Column {
  const output = request.outputs[position]
  const schema = output && request.groups[output.group]?.history.schema
  const column = schema?.features.find((feature) => feature.name === output?.feature)
  if (!column) throw new TypeError(`Output ${position} names no feature of its group`)
  return column
}

function checkNames({ spine, outputs }: JoinRequest): void {
  // The engine does not tell upper from lower case in names.
  const own = new Set(spine.columns.map((column) => column.name.toLowerCase()))
  const taken = new Set(own)
  for (const { as } of outputs) {
    if (taken.has(as.toLowerCase())) {
      const reason = own.has(as.toLowerCase())
        ? `The spine has a column named like the requested feature \`${as}\`; rename it.`
        : `Two requested features are named \`${as}\`; ask with full_feature_names.`
      throw invalid(reason, [{ pointer: '/features', reason, code: 'name_clash', column: as }])
    }
    taken.add(as.toLowerCase())
  }
}

/** Statements that fill w<index> (row id, order of the winner), and the SELECT of (row id, its columns). */
function groupPlan(
  request: JoinRequest,
  group: JoinGroup,
  index: number,
  wanted: GroupOutput[],
): { statements: string[]; fetched: string } {
  const time = identifier(request.spine.timestampColumn)
  const delay = BigInt(group.sourceDelaySeconds) * 1_000_000n
  const ttl = group.ttlSeconds === null ? null : BigInt(group.ttlSeconds) * 1_000_000n
  const lower = ttl === null ? null : `make_timestamp(epoch_us((SELECT min(${time}) FROM spine)) - ${ttl})`
  const upper = `make_timestamp(epoch_us((SELECT max(${time}) FROM spine)) - ${delay})`
  const scope = {
    history: historyAt(request, group),
    from: ttl === null ? null : `getvariable('lower${index}')`,
    to: `getvariable('upper${index}')`,
  }
  const columns = scanHistory({
    ...scope,
    columns: wanted.map(({ column }) => column),
    extras: { __place: placeExpression },
  })
  const slots = wanted.map(({ column, slot }) => `h.${identifier(column.name)} AS ${slot}`)
  const inTime = ttl === null ? '' : ` AND w.__order >= ${leastOrder(`(w.micros - ${ttl})`)}`
  return {
    statements: [
      ...(lower === null ? [] : [`SET VARIABLE lower${index} = ${lower}`]),
      `SET VARIABLE upper${index} = ${upper}`,
      ...winners(request, group, index, scope),
    ],
    // Expired and deleted winners fall out here: after the as-of join, so that nothing older takes their place.
    fetched:
      `SELECT w.__almanac_row, ${slots.join(', ')} FROM (` +
      `SELECT w.__almanac_row, ${placeOf('w.__order')} AS __place FROM w${index} w ` +
      `WHERE NOT ${isTombstone('w.__order')}${inTime}) w JOIN (${columns}) h ON w.__place = h.__place`,
  }
}

/** With `known_at=event` every row is compared with its own instant, so that no commit is left out before. */
const historyAt = ({ knownAt: at }: JoinRequest, { history }: JoinGroup): JoinGroup['history'] =>
  at === 'event' ? { ...history, known: 'each' } : knownAt(history, at)
