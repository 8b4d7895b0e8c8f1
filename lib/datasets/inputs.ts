import { z } from 'zod'
import { isLosslessNumber } from '@/lib/core/json'
import { nameSchema } from '@/lib/core/names'
import { isStorableText, unstorableReason } from '@/lib/core/text'
import { historicalSelection } from '@/lib/offline'

const mostRows = 1_000_000
const storable = (maximum: number) => z.string().max(maximum).refine(isStorableText, unstorableReason)

/** zod's own record drops a column named `__proto__`. */
const isRow = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isLosslessNumber(value)

const spineMembers = z.strictObject({
  rows: z.array(z.custom<Record<string, unknown>>(isRow, 'must be an object')).max(mostRows).optional(),
  upload: z.string().max(100).optional(),
  dataset: z.string().max(200).optional(),
  group: z.string().max(200).optional(),
  from: z.string().max(100).optional(),
  to: z.string().max(100).optional(),
})

export type SpineInput =
  | { kind: 'rows'; rows: Record<string, unknown>[] }
  | { kind: 'upload'; upload: string }
  | { kind: 'dataset'; dataset: string }
  | { kind: 'group'; group: string; from: string | null; to: string | null }

/** Exactly one way of saying which rows; a range only of a group. */
const spineInput = spineMembers.transform((spine, check): SpineInput => {
  const { rows, upload, dataset, group, from, to } = spine
  const named = [rows, upload, dataset, group].filter((one) => one !== undefined).length
  if (named !== 1) {
    check.addIssue({ code: 'custom', message: 'needs exactly one of `rows`, `upload`, `dataset`, `group`' })
    return z.NEVER
  }
  if (group === undefined && (from !== undefined || to !== undefined)) {
    check.addIssue({ code: 'custom', message: '`from` and `to` are the range of a `group`' })
    return z.NEVER
  }
  if (rows !== undefined) return { kind: 'rows', rows }
  if (upload !== undefined) return { kind: 'upload', upload }
  if (dataset !== undefined) return { kind: 'dataset', dataset }
  return { kind: 'group', group: group ?? '', from: from ?? null, to: to ?? null }
})

const labelInput = z
  .union(
    [
      z.string().max(300),
      z.strictObject({
        feature: z.string().max(300),
        keys: z.record(z.string().max(63), z.string().max(300)).default({}),
      }),
    ],
    { error: 'must be `group:feature`, or `{"feature": "group:feature", "keys": {…}}`' },
  )
  .transform((label) => (typeof label === 'string' ? { feature: label, keys: {} } : label))

const share = z.number().min(0).max(0.9)

const splitInput = z
  .discriminatedUnion('by', [
    z.strictObject({
      by: z.literal('time'),
      test_from: z.string().max(100),
      validation_from: z.string().max(100).nullable().default(null),
    }),
    z.strictObject({
      by: z.literal('fraction'),
      test: share,
      validation: share.default(0),
      seed: z.int().min(0).max(2_147_483_647).default(0),
    }),
  ])
  .refine((split) => split.by === 'time' || (split.test > 0 && split.test + split.validation < 1), {
    message: 'needs a share for `test`, and one that is left for training',
    path: ['test'],
  })

const { timestamp_column: _default, ...selection } = historicalSelection

/** What decides the rows and columns: of a preview as of a dataset. */
const selectionMembers = {
  ...selection,
  timestamp_column: z.string().min(1).max(200).optional(),
  label: labelInput.optional(),
  split: splitInput.optional(),
  purpose: storable(500).optional(),
}

export const previewInput = z.strictObject({ ...selectionMembers, spine: spineInput })
export type SelectionInput = z.output<typeof previewInput>

export const createInput = z.strictObject({
  ...selectionMembers,
  spine: spineInput,
  name: nameSchema,
  description: storable(10_000).optional(),
  owner_team: nameSchema.optional(),
})
