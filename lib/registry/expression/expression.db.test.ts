import { DuckDBInstance } from '@duckdb/node-api'
import { describe, expect, it } from 'vitest'
import { addVersion } from '../add-version'
import { registerFeatureGroup } from '../register-feature-group'
import { resolveVersion } from '../resolve-version'
import { contextOf, groupBody, mintTeam } from '../testing'
import { expressionFaults, expressionSql } from './derived'
import { allowedFunctions, type Parameter } from './functions'

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
