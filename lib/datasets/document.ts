import { eq } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { teams, trainingDatasets } from '@/db/schema'
import { writeDocuments } from '@/lib/registry'

/** Writes a dataset's line in the catalogue; it names no group, because not all its readers may know of each. */
export async function writeDatasetDocument(tx: Transaction, datasetId: string, at: Date): Promise<void> {
  const rows = await tx
    .select({ dataset: trainingDatasets, team: teams.name })
    .from(trainingDatasets)
    .innerJoin(teams, eq(teams.id, trainingDatasets.ownerTeamId))
    .where(eq(trainingDatasets.id, datasetId))
  const documents = rows.map(({ dataset, team }) => ({
    kind: 'dataset' as const,
    name: dataset.name,
    groupName: null,
    groupId: null,
    description: dataset.description,
    entity: null,
    team,
    teamId: dataset.ownerTeamId,
    tags: [],
    dataType: null,
    classification: dataset.classification,
    lifecycle: 'active',
    sample: dataset.sample,
    position: 0,
  }))
  await writeDocuments(tx, documents, at)
}
