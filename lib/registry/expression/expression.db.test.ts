import { DuckDBInstance } from '@duckdb/node-api'
import { describe, expect, it } from 'vitest'
import { parseFeatureType } from '@/lib/core/feature-type'
import { addVersion } from '../add-version'
import { registerFeatureGroup } from '../register-feature-group'
import { resolveVersion } from '../resolve-version'
import { contextOf, groupBody, mintTeam } from '../testing'
import { expressionFaults, expressionSql } from './derived'
import { allowedFunctions, type Parameter } from './functions'
import { rowCheck } from './row-check'

const columns = [
  { name: 'i32', type: 'int32' },
  { name: 'i64', type: 'int64' },
  { name: 'f32', type: 'float32' },
  { name: 'f64', type: 'float64' },
  { name: 'dec', type: 'decimal(5,2)' },
  { name: 's', type: 'string' },
  { name: 'b', type: 'bool' },
  { name: 'd', type: 'date' },
  { name: 't', type: 'timestamp' },
]
const row = `select 1::int as i32, 2::bigint as i64, 3::float as f32, 4::double as f64, 1.5::decimal(5,2) as "dec",
  'a' as s, true as b, date '2020-01-01' as d, timestamp '2020-01-02' as t`
const numbers = ['i32', 'i64', 'f32', 'f64', 'dec']

/** Arguments of every kind that a parameter takes. */
function argumentsOf(parameter: Parameter): string[] {
  if (typeof parameter !== 'string') return parameter.map((unit) => `'${unit}'`)
  if (parameter === 'number') return numbers
  if (parameter === 'same') return [...numbers, 's', 'b', 'd', 't']
  if (parameter === 'time') return ['d', 't']
  if (parameter === 'whole') return ['2', '-1']
  return parameter === 'string' ? ['s'] : ['b']
}

const calls = Object.entries(allowedFunctions).flatMap(([name, { parameters }]) =>
  parameters
    .reduce<string[][]>(
      (lists, parameter) => lists.flatMap((list) => argumentsOf(parameter).map((one) => [...list, one])),
      [[]],
    )
    .map((list) => `${name}(${list.join(', ')})`),
)

const operations = numbers.flatMap((a) =>
  numbers.flatMap((b) =>
    ['+', '-', '*', '/', '//', '%', '<', '='].map((operator) => `${a} ${operator} ${b}`),
  ),
)
const others = [
  "s || 'x'",
  'd = t',
  'd between d and t',
  'not b or b and b',
  'i64 in (1, 2)',
  '-f32',
  'case when b then i64 else 0.5 end',
]

describe('what is accepted', () => {
  it('is computed by the engine, whatever the types of its arguments', async () => {
    const connection = await (await DuckDBInstance.create(':memory:')).connect()
    const failures: string[] = []
    let accepted = 0
    for (const expression of [...calls, ...operations, ...others]) {
      const definition = { keys: [], timestampKey: null, inputs: [], features: columns }
      const types = ['float64', 'string', 'bool', 'date', 'timestamp']
      const faultsAs = (type: string) =>
        expressionFaults({ ...definition, features: [...columns, { name: 'x', type, expression }] })
      const type = types.find((one) => faultsAs(one).length === 0)
      // Values of two kinds are refused at registration.
      if (type === undefined) continue
      accepted++
      const sql = expressionSql(definition, { type, expression })
      await connection
        .run(`select typeof(${sql}) from (${row})`)
        .catch((error) => failures.push(`${sql}: ${error.message}`))
    }
    expect(failures).toEqual([])
    expect(accepted).toBeGreaterThan(300)
  })

  it('gives null where nothing can be computed', async () => {
    const connection = await (await DuckDBInstance.create(':memory:')).connect()
    for (const expression of ['sqrt(-1 * i64)', 'ln(0 * i64)', 'i64 * 9223372036854775807', 'i64 // 0']) {
      const sql = expressionSql(
        { keys: [], timestampKey: null, inputs: [], features: columns },
        { type: 'float64', expression },
      )
      const answer = await connection.runAndReadAll(`select ${sql} from (${row})`)
      expect(answer.getRows()).toEqual([[null]])
    }
  })
})

describe('a statement about a row', () => {
  const none = 'null_number'
  const types = [...columns, { name: none, type: 'int64' }, { name: 'zero', type: 'int64' }]
  const features = types.flatMap(({ name, type: text }) => {
    const type = parseFeatureType(text)
    return type ? [{ name, type }] : []
  })
  // As the engine's, see server/engine/database.ts.
  const engineSettings = { disabled_optimizers: 'common_subexpressions' }
  const overflow = 'i64 * 9223372036854775807 < 5'

  it.each([
    ['i64 < 5', true],
    ['i64 > 5', false],
    [`${none} > 5`, true],
    [overflow, false],
    [`not (${overflow})`, false],
    [`i64 < 5 or ${overflow}`, true],
    [`i64 > 5 or ${overflow}`, false],
    [`i64 < 5 and (${overflow})`, false],
    [`${none} > 5 or ${overflow}`, false],
    [`${none} > 5 and not (${overflow} and s = 'a')`, false],
    [`i64 * ${none} < 5`, true],
    ['case when i64 < 5 then true else i64 * 9223372036854775807 < 5 end', true],
    ['case when i64 > 5 then true else i64 * 9223372036854775807 < 5 end', false],
    ['sqrt(-1 * i64) >= 0', false],
    ['ln(zero) < 1', false],
    ['i64 / zero >= 0', false],
    ['zero / zero >= 0', false],
    ['f64 % zero >= 0', false],
    ['zero = 0 or i64 // zero > 1', true],
    [`${none} // zero > 1`, true],
    ['i64 // nullif(zero, 0) > 1', true],
    ['case when zero <> 0 then i64 / zero > 1 end', true],
    ['power(-1 * i64, 0.5) >= 0', false],
    ['coalesce(i64 // zero, 0) = 0', true],
    ['b', true],
    ['not b', false],
  ])('%s: %s', async (expression, expected) => {
    const connection = await (await DuckDBInstance.create(':memory:', engineSettings)).connect()
    const check = rowCheck({ keys: [], timestampKey: 'at', features }, expression)
    if (!('sql' in check)) throw new Error(check.fault)
    const values = `select *, null::bigint as ${none}, 0::bigint as zero from (${row})`
    const answer = await connection.runAndReadAll(`select ${check.sql} from (${values})`)
    expect(answer.getRows()).toEqual([[expected]])
  })
})

describe('a derived feature', () => {
  it('is stored as it was written, and served as checked SQL', async () => {
    const ctx = contextOf(['producer'], await mintTeam())
    const features = [
      { name: 'avg_session_duration', type: 'float64' },
      { name: 'session_hours', type: 'float64', expression: 'avg_session_duration / unit' },
    ]
    const body = groupBody({ features, inputs: [{ name: 'unit', type: 'int64' }] })
    const group = await registerFeatureGroup(ctx, body)
    expect(group.features[1]?.expression).toBe('avg_session_duration / unit')
    const version = await resolveVersion(ctx, { group: body.name })
    expect(version.features[1]?.expression).toBe('TRY(("avg_session_duration" / "unit"))')
    const changed = features.with(1, {
      name: 'session_hours',
      type: 'float64',
      expression: 'avg_session_duration',
    })
    expect(await addVersion(ctx, body.name, { features: changed })).toMatchObject({
      version: 2,
      change: 'breaking',
    })
  })

  it('is checked against the types of the entity, which only the registry knows', async () => {
    const ctx = contextOf(['producer'], await mintTeam())
    const first = groupBody()
    await registerFeatureGroup(ctx, first)
    const features = [{ name: 'x', type: 'string', expression: "customer_id || '!'" }]
    const work = registerFeatureGroup(ctx, groupBody({ entity: first.entity.name, features }))
    await expect(work).rejects.toMatchObject({ details: { errors: [{ pointer: '/features/0/expression' }] } })
  })
})
