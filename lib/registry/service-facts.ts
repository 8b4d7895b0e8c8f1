import { and, eq } from 'drizzle-orm'
import { db, type Executor } from '@/db/client'
import { catalogDocuments, featureServices, teams } from '@/db/schema'
import { type Classification, classifications, type ResourceFacts } from '@/lib/authz'

const classificationOf = (text: string | null): Classification =>
  classifications.find((known) => known === text) ?? 'restricted'

/** What the policies may know of a service. Its catalogue line holds the strictest class among its features. */
export async function loadServiceFacts(
  name: string,
  executor: Executor = db(),
): Promise<ResourceFacts | null> {
  const [row] = await executor
    .select({ service: featureServices, team: teams.name, classification: catalogDocuments.classification })
    .from(featureServices)
    .innerJoin(teams, eq(teams.id, featureServices.ownerTeamId))
    .leftJoin(
      catalogDocuments,
      and(eq(catalogDocuments.kind, 'service'), eq(catalogDocuments.name, featureServices.name)),
    )
    .where(eq(featureServices.name, name))
  if (!row) return null
  return {
    kind: 'service',
    id: row.service.id,
    name: row.service.name,
    teamId: row.service.ownerTeamId,
    team: row.team,
    classification: classificationOf(row.classification),
    tags: row.service.tags,
  }
}
