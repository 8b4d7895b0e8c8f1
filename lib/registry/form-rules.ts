import { db } from '@/db/client'
import type { Context } from '@/lib/core/context'
import { readSetting } from '@/lib/settings'
import { fieldRules } from './complete'
import { listQuery } from './fields'
import type { FieldRules } from './mandatory'
import type { NamingRules } from './naming'
import { listDomains } from './read-domains'
import { domainsSetting, namingSetting } from './registry-settings'

/** What a form has to know of the organisation's rules. */
export interface FormRules {
  naming: NamingRules
  fields: FieldRules
  domains: string[]
  /** Whether naming an unknown domain makes it. */
  makesDomains: boolean
}

export async function formRules(ctx: Context): Promise<FormRules> {
  const [naming, fields, domains, unknown] = await Promise.all([
    readSetting(db(), namingSetting),
    fieldRules(db()),
    listDomains(ctx, listQuery.parse({ limit: 200 })),
    readSetting(db(), domainsSetting),
  ])
  return {
    naming,
    fields,
    domains: domains.data.map(({ name }) => name),
    makesDomains: unknown.unknown === 'create',
  }
}
