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
