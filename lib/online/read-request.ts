import { z } from 'zod'
import { DomainError, type FieldError, invalidField } from '@/lib/core/errors'
import { type CanonicalValue, convertKey, fragmentSeparator, toFragment } from '@/lib/core/feature-type'
import { namePattern } from '@/lib/core/names'
import { purposeSchema } from '@/lib/core/text'
import type { PlanKey, ServingPlan } from './serving-plan'

const mostKeys = 5000
const mostCells = 500_000

/** Key columns by name, each with one value a row. */
export type Entities = Record<string, unknown[]>

/** The columns are looked at by hand: a schema over 5,000 values costs more than the read. */
export const isColumns = (value: unknown): value is Entities =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.values(value).every(Array.isArray)

export const onlineFeaturesInput = z.strictObject({
  feature_service: z.string().max(200).optional(),
  service_version: z.int().min(1).optional(),
  features: z.array(z.string().max(300)).min(1).max(5000).optional(),
  entities: z
    .custom<Entities>(isColumns, 'must be an object of arrays: one array of values a key column')
    .default({}),
  environment: z.string().regex(namePattern, 'is not the name of an environment').optional(),
  metadata: z.boolean().default(false),
  full_feature_names: z.boolean().default(false),
  stale: z.enum(['null', 'return']).default('null'),
  purpose: purposeSchema.optional(),
})
export type OnlineFeaturesInput = z.output<typeof onlineFeaturesInput>

/** The keys of a read, converted. */
export interface ReadKeys {
  rows: number
  /** Per key set of the plan: the entity key of each row, null where a key is null. */
  entityKeys: (string | null)[][]
  /** Per key column of the plan: each row's value as JSON. */
  echoes: string[][]
}

function countRows(plan: ServingPlan, entities: Entities): number {
  const faults: FieldError[] = []
  for (const { name } of plan.keys) {
    if (!Object.hasOwn(entities, name)) {
      faults.push({
        pointer: `/entities/${name}`,
        reason: `Key column \`${name}\` is missing.`,
        code: 'missing_key',
        column: name,
      })
    }
  }
  const known = new Set(plan.keys.map(({ name }) => name))
  for (const name of Object.keys(entities)) {
    if (!known.has(name)) {
      faults.push({
        pointer: `/entities/${name}`,
        reason: `\`${name}\` is no key column of these features.`,
        code: 'unknown_key',
        column: name,
      })
    }
  }
  if (faults.length > 0) throw new DomainError('invalid', faults[0]?.reason ?? '', { errors: faults })
  const [first, ...others] = plan.keys
  if (!first) return 1
  const rows = entities[first.name]?.length ?? 0
  for (const { name } of others) {
    const length = entities[name]?.length ?? 0
    if (length !== rows) {
      throw invalidField(
        `/entities/${name}`,
        `\`${name}\` has ${length} values, \`${first.name}\` has ${rows}.`,
        'length',
      )
    }
  }
  return rows
}

/** The key columns alone, for interfaces that let others stand beside them. */
export const ofKeyColumns = (plan: ServingPlan, entities: Entities): Entities =>
  Object.fromEntries(
    plan.keys.flatMap(({ name }) => (Object.hasOwn(entities, name) ? [[name, entities[name] ?? []]] : [])),
  )

interface ConvertedColumn {
  key: PlanKey
  values: CanonicalValue[]
}

function convertColumn(key: PlanKey, values: unknown[], faults: FieldError[]): ConvertedColumn {
  const converted = values.map((value, index): CanonicalValue => {
    const result = convertKey(key.type, value)
    if (result.ok) return result.value
    if (faults.length < 100) {
      const pointer = `/entities/${key.name}/${index}`
      faults.push({
        pointer,
        reason: result.reason,
        code: result.rule,
        rule: result.rule,
        row: index + 1,
        column: key.name,
      })
    }
    return null
  })
  return { key, values: converted }
}

/** Two groups may name a key alike and type it differently, so a column is converted for each key set. */
function convertSet(
  keys: PlanKey[],
  entities: Entities,
  faults: FieldError[],
  rows: number,
): (string | null)[] {
  const columns = keys.map((key) => convertColumn(key, entities[key.name] ?? [], faults))
  const [only] = columns
  if (!only) return new Array(rows).fill('')
  if (columns.length === 1)
    return only.values.map((value) => (value === null ? null : toFragment(only.key.type, value)))
  return Array.from({ length: rows }, (_, row) => {
    const values = columns.map(({ values }) => values[row] ?? null)
    if (values.includes(null)) return null
    return columns
      .map(({ key }, index) => toFragment(key.type, values[index] ?? null))
      .join(fragmentSeparator)
  })
}

/** The keys of a request, exactly converted. Errors: invalid naming column and row, too_large. */
export function readKeys(plan: ServingPlan, entities: Entities): ReadKeys {
  const rows = countRows(plan, entities)
  if (rows > mostKeys)
    throw new DomainError(
      'too_large',
      `${rows} keys in one request; at most ${mostKeys} are answered at once.`,
    )
  const cells = rows * plan.columns.length
  if (cells > mostCells)
    throw new DomainError(
      'too_large',
      `${cells} values in one request; at most ${mostCells} are answered at once.`,
    )
  const faults: FieldError[] = []
  const entityKeys = plan.keySets.map(({ keys }) => convertSet(keys, entities, faults, rows))
  if (faults.length > 0) {
    const first = faults[0]
    throw new DomainError('invalid', `${first?.pointer}: ${first?.reason}`, { errors: faults })
  }
  return { rows, entityKeys, echoes: echoesOf(plan, entities, entityKeys) }
}

function echoesOf(plan: ServingPlan, entities: Entities, entityKeys: (string | null)[][]): string[][] {
  const [only] = plan.keySets
  // The usual case: the one key's fragments are its echo.
  if (plan.keySets.length === 1 && only?.keys.length === 1)
    return [(entityKeys[0] ?? []).map((key) => key ?? 'null')]
  return plan.keys.map((key) =>
    convertColumn(key, entities[key.name] ?? [], []).values.map((value) => toFragment(key.type, value)),
  )
}
