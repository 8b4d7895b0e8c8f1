import { z } from 'zod'
import { contractSchema } from './contract-terms'
import {
  classificationSchema,
  descriptionSchema,
  durationSchema,
  nameSchema,
  tagsSchema,
  textSchema,
  typeSchema,
} from './fields'
import { permittedUseSchema } from './permitted-use'

/** One feature as a definition states it. */
export const featureInput = z.strictObject({
  name: nameSchema,
  type: typeSchema,
  description: descriptionSchema.default(''),
  contract: contractSchema.nullish(),
  expression: textSchema(2000, 1).nullish(),
  classification: classificationSchema.nullish(),
  tags: tagsSchema.default([]),
  role: z.enum(['feature', 'label']).default('feature'),
  horizon: durationSchema.nullish(),
  permitted_use: permittedUseSchema.default([]),
})
export type FeatureInput = z.output<typeof featureInput>
