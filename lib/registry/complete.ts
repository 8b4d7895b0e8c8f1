import type { Executor } from '@/db/client'
import { type FieldError, invalid } from '@/lib/core/errors'
import { readSetting } from '@/lib/settings'
import type { FeatureDefinition } from './definition'
import {
  type CustomValues,
  customFaults,
  type FieldRules,
  missingFields,
  type StatedFields,
} from './mandatory'
import type { GroupRow } from './queries'
import { fieldsSetting } from './registry-settings'
import { strictestOf } from './rules'
import { durationOrNull } from './serialize'

type Features = Pick<FeatureDefinition, 'name' | 'description' | 'contract' | 'classification'>[]

function statedBy({ group, entity }: GroupRow, features: Features): StatedFields {
  return {
    classification: strictestOf({ group }, features),
    description: group.description,
    domain: group.domain,
    tags: group.tags,
    purposes: group.purposes,
    lawful_basis: group.lawfulBasis,
    cadence: durationOrNull(group.cadenceSeconds),
    entity,
    custom: group.custom,
    features,
  }
}

export const fieldRules = (executor: Executor): Promise<FieldRules> => readSetting(executor, fieldsSetting)

/** Mandatory fields that a group and these features of it do not fill. */
export const missingOf = async (
  executor: Executor,
  row: GroupRow,
  features: Features,
): Promise<FieldError[]> => missingFields(await fieldRules(executor), statedBy(row, features))

/** Errors: `invalid` with each mandatory field that is empty. */
export async function requireComplete(executor: Executor, row: GroupRow, features: Features): Promise<void> {
  const errors = await missingOf(executor, row, features)
  if (errors.length > 0)
    throw invalid(`Not yet complete: ${errors.length} mandatory fields are empty.`, errors)
}

/** Values of the organisation's own fields: defined and of their type. Errors: `invalid` below `/custom`. */
export async function requireCustom(
  executor: Executor,
  values: CustomValues | undefined,
  before: CustomValues = {},
): Promise<void> {
  if (values === undefined || Object.keys(values).length === 0) return
  const errors = customFaults(await fieldRules(executor), values, before)
  if (errors.length > 0) throw invalid(errors[0]?.reason ?? '', errors)
}
