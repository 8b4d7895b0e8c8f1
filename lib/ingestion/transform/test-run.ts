import type { Transformation, TransformationTest } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { type CanonicalValue, convertJson } from '@/lib/core/feature-type'
import { parseJson } from '@/lib/core/json'
import { offlineStore } from '@/lib/offline'
import type { ServingVersion } from '@/lib/registry'
import { linesOf } from '../decode/lines'
import type { RowPlan } from '../row-plan'
import { stageOptions } from '../stage-options'
import type { StagedBatch } from '../staged-batch'
import { removeFile } from '../staging'
import type { TestOutcomeResource } from '../test-operations'
import type { TransformationWindow } from './bind-window'
import { withinMinutes } from './compute-window'
import { explainSql } from './explain-sql'
import { beginningMicros } from './plan-windows'
import { stageSelect } from './stage-select'
import { type ComparedColumn, compareTest } from './test-compare'
import { type DescribedInput, testRelation } from './test-inputs'
import { instantOf, microsOf } from './window-time'
import { windowedSql } from './windowed-sql'

const longestMinutes = 1
const mostDifferences = 100
const endMicros = microsOf('9999-12-31T23:59:59.999999Z')

const windowOf = ({ window }: TransformationTest): TransformationWindow => ({
  from: window ? instantOf(microsOf(window.from)) : instantOf(beginningMicros),
  to: window ? instantOf(microsOf(window.to)) : instantOf(endMicros),
})

const columnsOf = (plan: RowPlan): ComparedColumn[] =>
  plan.columns
    .filter(({ role }) => role !== 'input')
    .map(({ name, type, role }) => ({ name, type, isKey: role === 'key' || role === 'time' }))

type ActualRow = Map<string, CanonicalValue>

async function rowsOf(plan: RowPlan, path: string, signal: AbortSignal): Promise<ActualRow[]> {
  const answer = offlineStore().range({
    history: { schema: plan.schema, files: [{ path, commit: 'staged', createdMicros: 0n }] },
    features: plan.schema.features.map(({ name }) => name),
    startMicros: null,
    endMicros: null,
    latest: false,
    knownAtMicros: null,
    systemColumns: false,
    limit: null,
  })
  const columns = columnsOf(plan)
  const utf8 = new TextDecoder()
  const rows: ActualRow[] = []
  for await (const lines of linesOf(await answer.open('ndjson', { signal }))) {
    for (const line of lines.filter(({ length }) => length > 0)) {
      // The engine writes one object a line, in the codec's own words.
      const row = parseJson(utf8.decode(line)) as Record<string, unknown>
      rows.push(
        new Map(
          columns.map(({ name, type }) => {
            const converted = convertJson(type, row[name])
            return [name, converted.ok ? converted.value : null]
          }),
        ),
      )
    }
  }
  return rows
}

const filesOf = ({ present, future }: StagedBatch) => [...present, ...future]

interface TestedVersion {
  version: ServingVersion
  transformation: Transformation
  inputs: DescribedInput[]
}

/** The rows that the transformation makes of a test's rows: staged and checked as those of a run are. */
async function compute(ctx: Context, of: TestedVersion, test: TransformationTest): Promise<ActualRow[]> {
  const { version, transformation, inputs } = of
  const made: string[] = []
  const window = windowOf(test)
  try {
    const relations = []
    for (const input of inputs) {
      const relation = await testRelation(input, test.inputs[input.name] ?? [], ctx.signal)
      relations.push(relation)
      made.push(relation.path)
    }
    // Rows of a test may lie at any time.
    const options = {
      ...stageOptions(ctx, version, 'strict'),
      bounds: { latestMicros: endMicros },
      nowMicros: endMicros,
    }
    const sql = windowedSql(version, transformation.sql, window)
    const batch = await stageSelect(options, { sql, inputs: relations, online: false })
    made.push(...filesOf(batch).map(({ path }) => path))
    const [fault] = batch.log.listed
    if (fault) throw new DomainError('invalid', fault.reason)
    const rows: ActualRow[] = []
    for (const { path } of filesOf(batch)) rows.push(...(await rowsOf(options.plan, path, ctx.signal)))
    return rows
  } catch (error) {
    throw explainSql(error, transformation.sql, window)
  } finally {
    await Promise.all(made.map(removeFile))
  }
}

const unknownInputs = ({ inputs }: TransformationTest, known: DescribedInput[]) =>
  Object.keys(inputs).filter((name) => !known.some((input) => input.name === name))

/** One test in the real engine. A fault of the SQL or of the test's rows is its outcome; anything else is thrown. */
export async function runTest(
  ctx: Context,
  of: TestedVersion,
  test: TransformationTest,
): Promise<TestOutcomeResource> {
  const { name } = test
  const failed = (error: string): TestOutcomeResource => ({
    name,
    passed: false,
    rows: 0,
    error,
    differences: [],
  })
  const [stranger] = unknownInputs(test, of.inputs)
  if (stranger !== undefined) return failed(`It gives rows for \`${stranger}\`, which is not an input.`)
  try {
    const rows = await withinMinutes(ctx, longestMinutes, (bounded) => compute(bounded, of, test))
    const columns = columnsOf(stageOptions(ctx, of.version, 'strict').plan)
    const differences = compareTest(columns, test.expect, rows, test.tolerance ?? 0)
    return {
      name,
      passed: differences.length === 0,
      rows: rows.length,
      error: null,
      differences: differences.slice(0, mostDifferences),
    }
  } catch (error) {
    if (error instanceof DomainError && error.code === 'invalid') return failed(error.message)
    throw error
  }
}
