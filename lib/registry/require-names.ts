import type { Executor } from '@/db/client'
import { invalid } from '@/lib/core/errors'
import { readSetting } from '@/lib/settings'
import { type NewName, namingFaults } from './naming'
import { namingSetting } from './registry-settings'

const kindWords: Record<NewName['kind'], string> = {
  group: 'A feature group',
  feature: 'A feature',
  service: 'A feature service',
  entity: 'An entity',
  source: 'A data source',
  domain: 'A domain',
}

/** Holds new names to the organisation's rules; names that are there stay valid. Errors: `invalid` at each name. */
export async function requireNames(
  executor: Executor,
  names: (NewName & { pointer: string })[],
): Promise<void> {
  const rules = await readSetting(executor, namingSetting)
  const errors = names.flatMap((one) =>
    namingFaults(rules, one).map((reason) => ({
      pointer: one.pointer,
      reason: `\`${one.name}\`: ${reason}. ${kindWords[one.kind]} follows the organisation's naming rules.`,
      code: 'naming_rule',
    })),
  )
  if (errors.length > 0) throw invalid(errors[0]?.reason ?? '', errors)
}
