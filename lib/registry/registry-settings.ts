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

const days = z.int().min(0).max(3650)

const endingRulesSchema = z.strictObject({
  minimum_notice_days: days
    .default(0)
    .describe('Between the word of a sunset and the sunset; 0: none is asked for.'),
  longest_grace_days: days
    .default(0)
    .describe('How long after its sunset a version is read on; 0: no limit.'),
})

export const endingsSetting = defineSetting({
  key: 'registry.endings',
  schema: endingRulesSchema,
  fallback: { minimum_notice_days: 0, longest_grace_days: 0 },
  about:
    'How many days before a sunset readers are told, and how many after it a grace lasts at most. 0: no rule.',
})

export const registrySettings: readonly Setting<unknown>[] = [
  namingSetting,
  fieldsSetting,
  domainsSetting,
  endingsSetting,
  reviewSetting,
]
