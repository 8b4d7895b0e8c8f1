import { z } from 'zod'
import { instantSchema } from '@/lib/core/instant'
import { featureInput } from './feature-input'
import {
  classificationSchema,
  columnSchema,
  descriptionSchema,
  durationSchema,
  keyColumnSchema,
  nameSchema,
  tagsSchema,
  textSchema,
} from './fields'
import { classificationFaults, definitionFaults } from './rules'
import { saidAtFirst, saidLater } from './said-members'
import { sourceOfGroupSchema } from './source-kinds'
import { transformationInput } from './transformation-input'

const mostFeatures = 2000

const inlineEntity = z.strictObject({ name: nameSchema, keys: z.array(keyColumnSchema).min(1).max(16) })

export const entityReference = z.union([nameSchema, inlineEntity], {
  error: 'must be the name of an entity, or {name, keys: [{name, type}]}',
})

/** What a version fixes; a new version sends the complete feature list and may leave the rest as it was. */
const versionMembers = {
  primary_key: z.array(nameSchema).max(16).optional(),
  ttl: durationSchema.nullish(),
  online: z.boolean().optional(),
  source: sourceOfGroupSchema.optional(),
  source_delay: durationSchema.optional(),
  allowed_skew: durationSchema.optional(),
  inputs: z.array(columnSchema).max(mostFeatures).optional(),
  transformation: transformationInput.nullish(),
  features: z.array(featureInput).min(1, 'must hold at least one feature').max(mostFeatures),
}

const addFaults = (check: z.RefinementCtx, faults: { path: (string | number)[]; message: string }[]) => {
  for (const { path, message } of faults) check.addIssue({ code: 'custom', path, message })
}

export const registerFeatureGroupInput = z
  .strictObject({
    name: nameSchema,
    description: descriptionSchema.default(''),
    entity: entityReference.nullish(),
    timestamp_key: nameSchema,
    owner_team: nameSchema.nullish(),
    tags: tagsSchema.default([]),
    classification: classificationSchema.default('internal'),
    domain: nameSchema.nullish(),
    cadence: durationSchema.nullish(),
    note: textSchema(2000).nullish(),
    environments: z.array(nameSchema).min(1).max(20).default(['prod']),
    ...saidAtFirst,
    ...versionMembers,
  })
  .superRefine((definition, check) => {
    addFaults(check, definitionFaults(definition))
    addFaults(check, classificationFaults(definition.features, definition.classification))
  })
export type RegisterFeatureGroup = z.output<typeof registerFeatureGroupInput>

export const addVersionInput = z
  .strictObject({
    timestamp_key: nameSchema.optional(),
    environments: z.array(nameSchema).min(1).max(20).optional(),
    reason: textSchema(2000).optional(),
    based_on: z
      .string()
      .max(100)
      .optional()
      .describe('ETag of the group as it was read: 412 when somebody changed it since.'),
    ...versionMembers,
  })
  .superRefine((definition, check) => addFaults(check, definitionFaults(definition)))
export type AddVersion = z.output<typeof addVersionInput>

export const updateFeatureGroupInput = z.strictObject({
  description: descriptionSchema.optional(),
  tags: tagsSchema.optional(),
  owner_team: nameSchema.optional(),
  classification: classificationSchema.optional(),
  domain: nameSchema.nullable().optional(),
  cadence: durationSchema.nullable().optional(),
  note: textSchema(2000).nullable().optional(),
  ...saidLater,
  reason: textSchema(2000).optional(),
})
export type UpdateFeatureGroup = z.output<typeof updateFeatureGroupInput>

const reason = textSchema(2000, 1)

export const deprecateInput = z.strictObject({
  reason,
  replacement: textSchema(80, 1).nullish(),
  sunset_at: instantSchema.nullish(),
})

export const promoteInput = z.strictObject({
  reason: reason.optional(),
  environment: nameSchema.optional(),
  accept: z
    .array(z.enum(['earlier_environment', 'data_present', 'contract']))
    .optional()
    .describe('Checks that do not pass and are accepted knowingly; asks for a reason.'),
})
/** A reason is welcome everywhere and asked for where something is taken away. */
export const actInput = z.strictObject({ reason: reason.optional() })
export const reasonedActInput = z.strictObject({ reason })

const featureReferences = z
  .array(z.string().max(200))
  .min(1, 'must name at least one feature')
  .max(mostFeatures)

export const registerFeatureServiceInput = z.strictObject({
  name: nameSchema,
  description: descriptionSchema.default(''),
  features: featureReferences,
  owner_team: nameSchema.nullish(),
  purpose: textSchema(2000).nullish(),
  tags: tagsSchema.default([]),
  full_feature_names: z.boolean().default(false),
  environment: nameSchema.optional(),
})

export const addServiceVersionInput = z.strictObject({
  features: featureReferences,
  full_feature_names: z.boolean().optional(),
  environment: nameSchema.optional(),
  based_on: z
    .string()
    .max(100)
    .optional()
    .describe('ETag of the service as it was read: 412 when somebody changed it since.'),
})

export const updateFeatureServiceInput = z.strictObject({
  description: descriptionSchema.optional(),
  purpose: textSchema(2000).nullable().optional(),
  tags: tagsSchema.optional(),
  owner_team: nameSchema.optional(),
})

export const registerEntityInput = z.strictObject({
  name: nameSchema,
  description: descriptionSchema.default(''),
  keys: z
    .array(keyColumnSchema)
    .min(1, 'must hold at least one key')
    .max(16)
    .superRefine((keys, check) =>
      addFaults(
        check,
        definitionFaults({ primary_key: keys.map((key) => key.name) }).map(({ path, message }) => ({
          path: path.slice(1),
          message,
        })),
      ),
    ),
  domain: nameSchema.nullish(),
  owner_team: nameSchema.nullish(),
})

export const updateEntityInput = z.strictObject({
  description: descriptionSchema.optional(),
  domain: nameSchema.nullable().optional(),
  owner_team: nameSchema.optional(),
})
