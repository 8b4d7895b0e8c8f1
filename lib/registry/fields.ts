import { z } from 'zod'
import { durationSchema } from '@/lib/core/duration-schema'
import { formatFeatureType, isKeyType, parseFeatureType } from '@/lib/core/feature-type'
import { nameSchema } from '@/lib/core/names'
import { isStorableText, unstorableReason } from '@/lib/core/text'
import { classificationNames } from './class-names'

/** Text that PostgreSQL can hold: no U+0000 and no half of a surrogate pair. */
export const textSchema = (maximum: number, minimum = 0) =>
  z
    .string()
    .min(minimum, minimum > 0 ? 'must not be empty' : undefined)
    .max(maximum)
    .refine(isStorableText, unstorableReason)

function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return isStorableText(value)
  if (value === null || typeof value === 'boolean') return true
  if (typeof value === 'number') return Number.isFinite(value)
  if (Array.isArray(value)) return value.every(isStorable)
  if (typeof value !== 'object' || 'isLosslessNumber' in value) return false
  return Object.entries(value).every(([name, member]) => isStorableText(name) && isStorable(member))
}

const storableReason = 'holds a value that cannot be stored: a number that a double does not hold, or U+0000'

/** A JSON object that jsonb keeps exactly. */
export const jsonObjectSchema = z.record(z.string(), z.unknown()).refine(isStorable, storableReason)

const typeReason =
  'is not a type. Types are bool, int32, int64, float32, float64, decimal(p,s), string, bytes, date, timestamp, json, array<T> and embedding<n, cosine|dot|l2>'

/** A type in its one spelling. */
export const typeSchema = z.string().transform((text, check) => {
  const type = parseFeatureType(text)
  if (type) return formatFeatureType(type)
  check.addIssue({ code: 'custom', message: `\`${text.slice(0, 80)}\` ${typeReason}` })
  return z.NEVER
})

const keyTypeSchema = typeSchema.refine((text) => {
  const type = parseFeatureType(text)
  return type !== null && isKeyType(type)
}, 'is no type for a key: keys are int32, int64, string, bool or date')

export const keyColumnSchema = z.strictObject({ name: nameSchema, type: keyTypeSchema })
export const columnSchema = z.strictObject({ name: nameSchema, type: typeSchema })

/** From the loosest to the strictest. */
export { classificationNames }

export const classificationSchema = z.enum(classificationNames)

export const tagsSchema = z
  .array(z.string().regex(/^[a-z0-9][a-z0-9_-]{0,62}$/, 'must hold only a-z, 0-9, _ and - (at most 63)'))
  .max(50)
  .transform((tags) => [...new Set(tags)])

export const descriptionSchema = textSchema(10_000)

export { durationSchema, nameSchema }

/** A name in a path: what is no name is simply not found. */
export const pathName = z.string().max(1000)

export const versionNumber = z.coerce.number().int().min(1).max(2_147_483_647)

/** What every read takes. `int64=string` is understood by every route. */
export const environmentQuery = z.strictObject({
  environment: z.string().optional().describe('Environment; `prod` when absent.'),
  int64: z.enum(['string']).optional(),
})

/** What every list takes. */
export const listQuery = environmentQuery.extend({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
  sort: z.enum(['name', '-name', 'updated_at', '-updated_at']).default('name'),
})
export type ListQuery = z.output<typeof listQuery>

const listMeta = z.object({ next_cursor: z.string().nullable(), total: z.int() })

export const listOf = <T extends z.ZodType>(item: T) => z.object({ data: z.array(item), meta: listMeta })
