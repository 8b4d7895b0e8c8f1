import { featuresParam } from '@/components/basket/features-param'
import { type NextVersion, nextVersion } from '@/components/dataset/builder/next-version'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { getTrainingDataset } from '@/lib/datasets'
import type { BuilderChoices } from '@/lib/datasets/operations'

/** What the form of a dataset's next version begins with; null for a new name. */
export async function loadNext(
  ctx: Context,
  name: string,
  choices: BuilderChoices,
): Promise<NextVersion | null> {
  if (name === '') return null
  try {
    const { latest, description } = await getTrainingDataset(ctx, name)
    return latest && nextVersion(latest, description, choices)
  } catch (error) {
    if (error instanceof DomainError && error.code === 'not_found') return null
    throw error
  }
}

type Parameter = string | string[] | undefined

/** An address holds no more. */
const mostNamed = 200

/** What the form of a new dataset begins with: `features=…` as a basket has them, or `service=…`. */
export function beginning(choices: BuilderChoices, features: Parameter, service: Parameter) {
  const named = featuresParam(features, mostNamed)
  if (named) return { from: 'features' as const, features: named.join('\n') }
  const found = choices.services.find(({ name }) => name === service)
  return found ? { from: 'service' as const, service: found.name } : {}
}
