import type { Context } from '@/lib/core/context'
import { DomainError, type FieldError, invalid } from '@/lib/core/errors'
import { canBecome, describeSelect, type SelectedColumn } from '@/lib/offline'
import { keepTests, type ServingVersion } from '@/lib/registry'
import { noRows } from '../table/read-table'
import type { TestOutcomeResource } from '../test-operations'
import { transformationOf, withinMinutes } from './compute-window'
import { explainSql } from './explain-sql'
import { beginningMicros } from './plan-windows'
import { refuseCircle } from './refuse-circle'
import { refuseGathered } from './refuse-gathered'
import { refuseUnsteady } from './refuse-unsteady'
import { requireDerivation } from './require-derivation'
import { type Input, resolveInputs } from './resolve-inputs'
import { describeInput, hasNoFile } from './test-inputs'
import { runTest } from './test-run'
import { instantOf } from './window-time'
import { windowedSql } from './windowed-sql'
import { withRelations } from './with-relations'

const longestMinutes = 1
/** Columns that a row may bring beside those that are declared. */
const ownColumns = new Set(['_op', '_row'])

const fault = (pointer: string, reason: string): FieldError => ({ pointer, reason, code: 'transformation' })

/** What the result has and the declaration has not, the other way round, and columns of another type. */
function columnFaults(version: ServingVersion, found: SelectedColumn[]): FieldError[] {
  const byName = new Map(found.map((column) => [column.name, column]))
  const time = { name: version.timestampKey, type: { kind: 'timestamp' as const }, typeText: 'timestamp' }
  const needed = [
    ...version.keys.map((key, at) => ({ ...key, pointer: `/primary_key/${at}` })),
    { ...time, pointer: '/timestamp_key' },
    ...version.features.flatMap((feature) =>
      feature.expression === null ? [{ ...feature, pointer: `/features/${feature.position}` }] : [],
    ),
  ]
  const known = new Set([
    ...needed.map(({ name }) => name),
    ...version.features.map(({ name }) => name),
    ...version.inputs.map(({ name }) => name),
  ])
  return [
    ...needed.flatMap(({ name, type, typeText, pointer }) => {
      const column = byName.get(name)
      if (!column) return [fault(pointer, `The SQL gives no column \`${name}\`.`)]
      const fits = column.typeName === '"NULL"' || canBecome(column.type, type)
      return fits
        ? []
        : [
            fault(
              pointer,
              `The SQL gives \`${name}\` as ${column.typeName}; ${typeText} is declared. Cast it.`,
            ),
          ]
    }),
    ...found.flatMap(({ name }) =>
      known.has(name) || ownColumns.has(name)
        ? []
        : [fault('/transformation/sql', `The SQL gives a column \`${name}\`, which is not declared.`)],
    ),
  ]
}

/** Binds the SQL to its inputs as they are; nothing runs. An input without files leaves it unbound. */
async function checkBinding(ctx: Context, version: ServingVersion, inputs: readonly Input[]): Promise<void> {
  const { sql: text } = transformationOf(version)
  const window = { from: instantOf(beginningMicros), to: ctx.now().toISOString() }
  for (const input of inputs) if (await hasNoFile(input, ctx.signal)) return
  const sql = windowedSql(version, text, window)
  try {
    const found = await withRelations(inputs, noRows, ctx.signal, (relations) =>
      describeSelect({ kind: 'select', sql, inputs: relations }, ctx.signal),
    )
    const faults = columnFaults(version, found)
    if (faults.length > 0) throw invalid(faults[0]?.reason ?? '', faults)
  } catch (error) {
    throw explainSql(error, text, window)
  }
}

/** Every test of a version's transformation, one after the other. Errors: unavailable, forbidden. */
async function runTests(
  ctx: Context,
  version: ServingVersion,
  inputs: readonly Input[],
): Promise<TestOutcomeResource[]> {
  const transformation = transformationOf(version)
  const described = []
  for (const input of inputs) described.push(await describeInput(input, ctx.signal))
  const outcomes: TestOutcomeResource[] = []
  for (const test of transformation.tests ?? [])
    outcomes.push(await runTest(ctx, { version, transformation, inputs: described }, test))
  return outcomes
}

/** As runTests; what they said is kept for exactly this definition, also when the act itself is refused for it. */
export async function runKeptTests(
  ctx: Context,
  version: ServingVersion,
  inputs: readonly Input[],
): Promise<TestOutcomeResource[]> {
  const outcomes = await runTests(ctx, version, inputs)
  await keepTests(ctx, version, outcomes)
  return outcomes
}

const whatDiffers = ({ error, differences }: TestOutcomeResource): string => {
  if (error !== null) return error
  const [first] = differences
  if (!first) return ''
  const { kind, row, key, column, expected, actual } = first
  if (kind === 'unexpected') return `a row was computed that is not expected: ${key}`
  if (kind === 'missing') return `row ${row} was not computed: ${key}`
  if (kind === 'unreadable') return `row ${row}, column \`${column}\`: ${expected}`
  return `row ${row} (${key}), column \`${column}\`: expected ${expected}, computed ${actual}`
}

function refuseFailed(version: ServingVersion, outcomes: TestOutcomeResource[]): void {
  const failed = outcomes.filter(({ passed }) => !passed)
  if (failed.length === 0) return
  const count = failed.length === 1 ? 'A test' : `${failed.length} tests`
  throw new DomainError(
    'invalid',
    `${count} of ${version.groupName}’s transformation failed. First: ${failed[0]?.name}`,
    {
      errors: failed.map((one) =>
        fault(`/transformation/tests/${outcomes.indexOf(one)}`, `\`${one.name}\`: ${whatDiffers(one)}`),
      ),
      extensions: { tests: failed },
    },
  )
}

/**
 * Checks what a version's transformation says, before it is kept or submitted: the SQL is one SELECT that binds to its
 * inputs, steady, of the columns and types declared; and `tested` versions pass their tests. Errors: invalid with
 * line and column, or with the test, its row and column; forbidden (an input); unavailable.
 */
export async function checkDefinition(
  ctx: Context,
  version: ServingVersion,
  { tested }: { tested: boolean },
): Promise<void> {
  const { transformation } = version
  if (!transformation) return
  refuseUnsteady(transformation.sql)
  await refuseGathered(transformation, ctx.signal)
  await refuseCircle(version)
  const inputs = await resolveInputs({ ...ctx, environment: version.environment }, transformation.inputs)
  await requireDerivation(version, inputs, ctx.signal)
  await withinMinutes(ctx, longestMinutes, (bounded) => checkBinding(bounded, version, inputs))
  if (tested) refuseFailed(version, await runKeptTests(ctx, version, inputs))
}
