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

interface Standing {
  row: GroupRow
  features: Features
}

/** By what is missing, wherever its feature now stands. */
const keyOf = ({ pointer, reason }: FieldError) =>
  `${pointer.replace(/^\/features\/\d+/, '/features')} ${reason}`

/**
 * What serves does not lose a mandatory field; what was empty before it became mandatory may stay so.
 * Errors: `invalid` with each mandatory field that the change empties.
 */
export async function requireNoLess(executor: Executor, before: Standing, after: Standing): Promise<void> {
  const was = new Set((await missingOf(executor, before.row, before.features)).map(keyOf))
  const errors = (await missingOf(executor, after.row, after.features)).filter((one) => !was.has(keyOf(one)))
  if (errors.length > 0)
    throw invalid(`What serves needs them: ${errors.length} mandatory fields would be empty.`, errors)
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
