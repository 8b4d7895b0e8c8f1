import { z } from 'zod'
import { defineSetting, type Setting } from '@/lib/settings'
import { fieldRulesSchema, noFieldRules } from './mandatory'
import { namingSchema, noNamingRules } from './naming'
import { reviewSetting } from './review/settings'

export const namingSetting = defineSetting({
  key: 'registry.naming',
  schema: namingSchema,
  fallback: noNamingRules,
  about: 'How new groups, features, services, entities, sources and domains may be named.',
})

export const fieldsSetting = defineSetting({
  key: 'registry.fields',
  schema: fieldRulesSchema,
  fallback: noFieldRules,
  about: 'Which fields a version needs before it is reviewed or serves, and fields of your own.',
})

const domainRulesSchema = z.strictObject({
  unknown: z
    .enum(['create', 'refuse'])
    .default('create')
    .describe('What becomes of a domain that an asset names and that is not there.'),
})

export const domainsSetting = defineSetting({
  key: 'registry.domains',
  schema: domainRulesSchema,
  fallback: { unknown: 'create' as const },
  about: 'Whether naming an unknown domain makes it or is refused.',
})

export const registrySettings: readonly Setting<unknown>[] = [
  namingSetting,
  fieldsSetting,
  domainsSetting,
  reviewSetting,
]
