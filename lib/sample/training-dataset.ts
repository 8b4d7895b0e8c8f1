import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { eq, inArray } from 'drizzle-orm'
import { db, type Transaction } from '@/db/client'
import { profiles, trainingDatasets, trainingDatasetVersions } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { env } from '@/lib/core/env'
import { createTrainingDataset } from '@/lib/datasets'
import { addDays, midnight, type SampleCalendar } from './calendar'

const name = 'flight_delays'
const days = 28
const atOrigin = { airport_code: 'origin' }

/** What the delay models are trained on: the flights of the last four weeks that have arrived. */
const flightDelays = ({ historyEnd }: SampleCalendar) => ({
  name,
  description:
    'Flights of four weeks with what was known of their airport and route at departure: the rows on which the second delay model is trained.',
  owner_team: 'flights',
  feature_service: 'delay_model_v2',
  join_keys: { airport_delays: atOrigin, airport_hourly: atOrigin, airport_profile: atOrigin },
  spine: {
    group: 'flight_outcome',
    from: midnight(addDays(historyEnd, -days)),
    // Both ends count, so that the first flight of the next day would come along.
    to: `${addDays(historyEnd, -1)}T23:59:59.999999Z`,
  },
  label: 'flight_outcome:delayed_15',
  purpose: 'flight delay prediction',
})

/** Asks for the dataset; its job joins the rows while the portal is up already. */
export async function datasetStep(ctx: Context, calendar: SampleCalendar): Promise<string> {
  const present = await db().$count(trainingDatasets, eq(trainingDatasets.name, name))
  if (present > 0) return 'was there'
  await createTrainingDataset(ctx, flightDelays(calendar), { sample: true })
  return 'is being built'
}

/** Datasets that are not the sample's and hold rows of its groups. */
export async function datasetsOn(tx: Transaction, groups: readonly string[]): Promise<string[]> {
  const rows = await tx
    .select({ name: trainingDatasets.name, parts: trainingDatasetVersions.parts })
    .from(trainingDatasetVersions)
    .innerJoin(trainingDatasets, eq(trainingDatasets.id, trainingDatasetVersions.datasetId))
    .where(eq(trainingDatasets.sample, false))
  const using = rows.filter(({ parts }) => parts.some(({ group }) => groups.includes(String(group))))
  return [...new Set(using.map((row) => `training dataset ${row.name}`))]
}

/** Takes the sample's datasets out of the registry; returns their names. */
export async function deleteDatasets(tx: Transaction): Promise<string[]> {
  const marked = await tx.select().from(trainingDatasets).where(eq(trainingDatasets.sample, true))
  const ids = marked.map(({ id }) => id)
  if (ids.length === 0) return []
  const versions = await tx
    .delete(trainingDatasetVersions)
    .where(inArray(trainingDatasetVersions.datasetId, ids))
    .returning({ id: trainingDatasetVersions.id })
  await tx.delete(profiles).where(
    inArray(
      profiles.versionId,
      versions.map(({ id }) => id),
    ),
  )
  await tx.delete(trainingDatasets).where(inArray(trainingDatasets.id, ids))
  return marked.map((dataset) => dataset.name)
}

export async function removeDatasetFiles(names: readonly string[]): Promise<void> {
  for (const one of names) await rm(join(env().home, 'datasets', one), { recursive: true, force: true })
}
