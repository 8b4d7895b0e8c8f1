import { z } from 'zod'
import { descriptionSchema, durationSchema, jsonObjectSchema, nameSchema } from './fields'

export const sourceKinds = ['push', 'file', 'table', 'bucket', 'topic'] as const

const secretName = /password|passwd|secret|token|credential|private_?key|access_?key/i

/** A URL with a password before its host. */
const secretText = /^[a-z][a-z0-9+.-]*:\/\/[^/\s@]*:[^/\s]+@/i

function holdsSecret(value: unknown): boolean {
  if (typeof value === 'string') return secretText.test(value)
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([name, member]) => secretName.test(name) || holdsSecret(member))
}

const configSchema = jsonObjectSchema.refine(
  (config) => !holdsSecret(config),
  'holds something named like a secret, or a URL with a password; configuration is readable, so secrets do not belong here',
)

/** Where a group's rows come from: the name of a registered source, or its kind with what describes it. */
export const sourceOfGroupSchema = z.union(
  [
    nameSchema,
    z
      .object({ kind: z.enum([...sourceKinds, 'group']) })
      .catchall(z.unknown())
      .and(configSchema),
  ],
  { error: `must be the name of a data source, or an object with kind ${sourceKinds.join(', ')} or group` },
)

const freshness = durationSchema.nullish().describe('How often new data is promised, ISO 8601.')

export const registerSourceInput = z.strictObject({
  name: nameSchema,
  description: descriptionSchema.default(''),
  kind: z.enum(sourceKinds),
  config: configSchema.default({}),
  freshness,
  owner_team: nameSchema.nullish(),
})

export const updateSourceInput = z.strictObject({
  description: descriptionSchema.optional(),
  config: configSchema.optional(),
  freshness,
  owner_team: nameSchema.optional(),
})
