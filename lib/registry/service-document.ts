import { eq } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { featureServices } from '@/db/schema'
import { writeDocuments } from './documents'
import { findService, loadSelected, type ServiceRow, serviceVersionsOf, strictest } from './service-queries'
import { servicesNaming } from './services-naming'

/** Writes a service's line in the catalogue; its class is the strictest among its features, now. */
export async function writeServiceDocument(
  tx: Transaction,
  { service, team }: ServiceRow,
  at: Date,
): Promise<void> {
  const [newest] = await serviceVersionsOf([service.id], tx)
  const selection = newest?.features ?? []
  const selected = await loadSelected(selection, tx)
  const entities = new Set(selection.flatMap((one) => selected.entity(one) ?? []))
  const [entity, ...others] = entities
  await writeDocuments(
    tx,
    [
      {
        kind: 'service',
        name: service.name,
        groupName: null,
        groupId: null,
        description: [service.description, service.purpose ?? ''].filter((text) => text !== '').join(' · '),
        entity: entity !== undefined && others.length === 0 ? entity : null,
        team,
        teamId: service.ownerTeamId,
        tags: service.tags,
        dataType: null,
        classification: strictest(selection.map((one) => selected.facts(one)?.classification)),
        lifecycle: service.archivedAt === null ? 'active' : 'archived',
        sample: service.sample,
        position: 0,
      },
    ],
    at,
  )
}

/** Services are as strict as what they select: they follow when a group or one of its features changes class. */
export async function rewriteServicesOf(tx: Transaction, groupId: string, at: Date): Promise<void> {
  for (const { name } of await servicesNaming(tx, { groupId })) {
    const row = await findService(name, tx)
    if (row) await writeServiceDocument(tx, row, at)
  }
}

export const touchService = (tx: Transaction, serviceId: string, revision: number, at: Date) =>
  tx
    .update(featureServices)
    .set({ revision: revision + 1, updatedAt: at.toISOString() })
    .where(eq(featureServices.id, serviceId))
