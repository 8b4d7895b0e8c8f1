import { z } from 'zod'
import { durationSeconds } from '@/lib/core/duration'
import { instantTextSchema } from '@/lib/core/instant'
import { scheduleSchema } from '@/lib/core/schedule'
import { descriptionSchema, durationSchema, jsonObjectSchema, nameSchema, textSchema } from './fields'

const mostTestRows = 1000

/** Rows in, rows expected. A member that a row leaves out is null in an input and not looked at in `expect`. */
const transformationTestInput = z.strictObject({
  name: textSchema(200, 1),
  description: descriptionSchema.optional(),
  inputs: z
    .record(nameSchema, z.array(jsonObjectSchema).max(mostTestRows))
    .default({})
    .describe('Rows by the name of the input; an input that is not named has none.'),
  window: z
    .strictObject({ from: instantTextSchema, to: instantTextSchema })
    .refine(({ from, to }) => Date.parse(from) < Date.parse(to), '`from` must lie before `to`')
    .optional()
    .describe('What `$from` and `$to` are; everything when absent.'),
  expect: z.array(jsonObjectSchema).max(mostTestRows).describe('All rows of the result.'),
  order: z.enum(['any']).default('any'),
  tolerance: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe('Share by which a float may differ; absent: not at all.'),
})

const hasUniqueNames = (tests: { name: string }[]) =>
  new Set(tests.map(({ name }) => name)).size === tests.length

export const transformationInput = z
  .strictObject({
    sql: textSchema(100_000, 1),
    /** Names of data sources and feature groups that it reads. */
    inputs: z.array(nameSchema).max(100).default([]),
    schedule: z
      .union([z.literal('on_new_data'), scheduleSchema], {
        error:
          'must be `on_new_data`, a cron expression of five fields in UTC, such as `0 1 * * *`, or an ISO 8601 duration of a minute and more, such as PT1H',
      })
      .optional(),
    on_new_data: z.boolean().optional().describe('Runs when an input has new data.'),
    interval: durationSchema
      .refine((text) => (durationSeconds(text) ?? 0) > 0, 'must be longer than nothing')
      .optional()
      .describe('Event times lie on this grid, counted from 1970: windows begin and end on it.'),
    lookback: durationSchema
      .optional()
      .describe(
        'How far before an event time its row may read; `PT0S`: rows are made one by one, each from inputs at its own time; absent: without limit.',
      ),
    tests: z.array(transformationTestInput).max(100).refine(hasUniqueNames, 'names must differ').optional(),
  })
  .transform(({ schedule, ...rest }) =>
    schedule === 'on_new_data'
      ? { ...rest, on_new_data: true }
      : { ...rest, ...(schedule === undefined ? {} : { schedule }) },
  )
