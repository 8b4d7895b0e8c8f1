import { and, eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { trainingDatasets, trainingDatasetVersions } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { registerFeatureGroup } from '@/lib/registry'
import { groupBody, mintName } from '@/lib/registry/testing'
import { buildDataset, createTrainingDataset } from '..'

export const noProgress = async () => {}

/** The id of a version, whoever asks. */
export async function versionId(name: string, version: number): Promise<string> {
  const [row] = await db()
    .select({ id: trainingDatasetVersions.id })
    .from(trainingDatasetVersions)
    .innerJoin(trainingDatasets, eq(trainingDatasets.id, trainingDatasetVersions.datasetId))
    .where(and(eq(trainingDatasets.name, name), eq(trainingDatasetVersions.version, version)))
  if (!row) throw new Error(`${name}@${version} is not there`)
  return row.id
}

/** Asks for a dataset and runs its build at once, as its job would. */
export async function built(ctx: Context, body: Record<string, unknown>) {
  const asked = await createTrainingDataset(ctx, { name: mintName('dataset'), ...body })
  const id = await versionId(asked.dataset, asked.version)
  const result = await buildDataset(ctx, id, noProgress)
  return { ...asked, id, result }
}

/** A group with a feature of its own name's kind. */
export const featureGroup = async (ctx: Context, overrides: Record<string, unknown> = {}): Promise<string> =>
  (await registerFeatureGroup(ctx, groupBody(overrides))).name

/** A label group over the same key: `churned`, which looks 30 days ahead, beside the feature `plan`. */
export const labelGroup = async (ctx: Context, horizon = 'P30D'): Promise<string> =>
  (
    await registerFeatureGroup(
      ctx,
      groupBody({
        name: mintName('churn'),
        timestamp_key: 'as_of',
        online: false,
        features: [
          { name: 'plan', type: 'string', description: 'What the customer had bought.' },
          {
            name: 'churned',
            type: 'bool',
            description: 'Whether the customer left in the time after.',
            role: 'label',
            horizon,
          },
        ],
      }),
    )
  ).name
