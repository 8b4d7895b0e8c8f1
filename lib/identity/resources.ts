import { z } from 'zod'
import { actions } from '@/lib/authz/actions'
import { instantSchema } from '@/lib/core/instant'
import { namePattern, nameSchema } from '@/lib/core/names'
import { roles } from '@/lib/core/principal'
import { isStorableText, unstorableReason } from '@/lib/core/text'

/** A name of nothing but space is none. */
const text = (longest: number) => z.string().trim().max(longest).refine(isStorableText, unstorableReason)

const environment = z.string().regex(namePattern, 'is not the name of an environment')
const membershipSchema = z.enum(['member', 'maintainer'])

export const roleSchema = z.object({
  role: z.enum(roles),
  team: z.string().nullable().describe('Null: for every team.'),
  environment: z.string().nullable().describe('Null: in every environment.'),
})

export const apiKeyInput = z.strictObject({
  name: text(100).pipe(z.string().min(1)),
  scopes: z.array(z.enum(actions)).max(actions.length).default([]).describe('Empty: all that the owner may.'),
  environments: z.array(environment).max(50).default([]).describe('Empty: every environment.'),
  groups: z.array(nameSchema).max(1000).default([]).describe('Empty: every feature group.'),
  expires_at: instantSchema.nullable().default(null),
  service_account: text(100)
    .optional()
    .describe('Makes the key for this service account instead of the caller.'),
})

export const apiKeySchema = z.object({
  id: z.string(),
  name: z.string(),
  prefix: z.string().describe('The first characters of the secret.'),
  owner: z.object({ kind: z.enum(['person', 'service']), id: z.string(), name: z.string() }),
  scopes: z.array(z.string()),
  environments: z.array(z.string()),
  groups: z.array(z.string()),
  expires_at: z.string().nullable(),
  last_used_at: z.string().nullable(),
  revoked_at: z.string().nullable(),
  created_at: z.string(),
})
export type ApiKeyResource = z.infer<typeof apiKeySchema>
export const newApiKeySchema = apiKeySchema.extend({
  secret: z.string().describe('Shown this once and stored nowhere.'),
})

export const teamInput = z.strictObject({
  name: nameSchema,
  display_name: text(100).optional(),
  description: text(2000).default(''),
})

export const teamUpdateInput = teamInput
  .pick({ display_name: true, description: true })
  .extend({ display_name: text(100).pipe(z.string().min(1)), description: text(2000) })
  .partial()

const memberSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['person', 'service']),
  membership: membershipSchema,
})
export const teamSchema = z.object({
  name: z.string(),
  display_name: z.string(),
  description: z.string(),
  sample: z.boolean(),
  members: z.array(memberSchema),
  created_at: z.string(),
  etag: z.string(),
})
export type TeamResource = z.infer<typeof teamSchema>

export const memberInput = z.strictObject({
  person: text(320).describe('Id or email of a person, or the name of a service account.'),
  membership: membershipSchema.default('member'),
})

export const roleInput = z.strictObject({
  role: z.enum(roles),
  team: nameSchema.nullable().default(null),
  environment: environment.nullable().default(null),
})

export const personInput = z.strictObject({
  email: z.email().max(320),
  name: text(200).pipe(z.string().min(1)),
  roles: z.array(roleInput).max(20).default([]),
  teams: z
    .array(z.strictObject({ name: nameSchema, membership: membershipSchema.default('member') }))
    .max(50)
    .default([]),
})

export const personSchema = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  sample: z.boolean(),
  has_password: z.boolean(),
  roles: z.array(roleSchema.extend({ id: z.string() })),
  teams: z.array(z.object({ name: z.string(), membership: membershipSchema })),
  created_at: z.string(),
  disabled_at: z.string().nullable().describe('Since when this person cannot sign in; null: they can.'),
})
export type PersonResource = z.infer<typeof personSchema>

export const personStateInput = z.strictObject({
  reason: text(500).optional().describe('Kept in the audit log.'),
})

export const sessionSchema = z.object({
  id: z.string(),
  current: z.boolean().describe('The session that asks.'),
  address: z.string().nullable(),
  user_agent: z.string().nullable(),
  created_at: z.string(),
  last_seen_at: z.string().describe('To the minute.'),
  expires_at: z.string(),
})
export type SessionResource = z.infer<typeof sessionSchema>

export const signInLinkSchema = z.object({
  path: z.string().describe('Behind the portal’s origin; signs in once.'),
  expires_at: z.string(),
})
export const newPersonSchema = personSchema.extend({ sign_in_link: signInLinkSchema })

export const meSchema = z.object({
  kind: z.enum(['user', 'apiKey', 'job', 'system']),
  id: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  roles: z.array(roleSchema),
  teams: z.array(z.object({ name: z.string(), membership: membershipSchema })),
  key: z
    .object({
      id: z.string(),
      name: z.string(),
      scopes: z.array(z.string()),
      environments: z.array(z.string()),
      groups: z.array(z.string()),
      expires_at: z.string().nullable(),
    })
    .nullable(),
})
export type MeResource = z.infer<typeof meSchema>

export const canSchema = z.object({
  allowed: z.boolean(),
  rule: z.string(),
  policies: z.array(z.string()),
  policy_version: z.string(),
  missing: z.array(z.string()),
  who_can_help: z.array(z.string()),
})
export type CanResource = z.infer<typeof canSchema>

const pageQuery = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: text(500).optional(),
  environment: environment.optional(),
}
export const listQuery = z.object(pageQuery)
export const listOf = <T extends z.ZodType>(item: T) =>
  z.object({
    data: z.array(item),
    meta: z.object({ next_cursor: z.string().nullable(), total: z.number().int() }),
  })
export type Page<T> = { data: T[]; meta: { next_cursor: string | null; total: number } }

export const peopleQuery = listQuery.extend({
  state: z
    .enum(['enabled', 'disabled', 'all'])
    .default('enabled')
    .describe('Whether people who were disabled are listed.'),
})
export const sessionsQuery = z.object({
  person: text(100).optional().describe('Id of a person, for those who manage people; absent: the caller.'),
})
