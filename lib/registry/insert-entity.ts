import type { Transaction } from '@/db/client'
import { entities, type KeyColumn } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { newId } from '@/lib/core/ids'
import { announce } from './announce'
import { writeDocuments } from './documents'
import type { Team } from './owner-team'

export interface NewEntity {
  name: string
  keys: KeyColumn[]
  team: Team
  description?: string
  domain?: string | null
  sample?: boolean
}

type EntityRow = typeof entities.$inferSelect

/** Writes the catalogue's line of an entity. */
export const writeEntityDocument = (tx: Transaction, entity: EntityRow, team: string, at: Date) =>
  writeDocuments(
    tx,
    [
      {
        kind: 'entity',
        name: entity.name,
        groupName: null,
        groupId: null,
        description: entity.description,
        entity: entity.name,
        domain: entity.domain,
        team,
        teamId: entity.ownerTeamId,
        tags: entity.domain ? [entity.domain] : [],
        dataType: null,
        classification: 'internal',
        lifecycle: 'active',
        sample: entity.sample,
        position: 0,
      },
    ],
    at,
  )

/** Inserts an entity with its line in the catalogue; the caller has authorized and writes the audit row. */
export async function insertEntity(tx: Transaction, ctx: Context, entity: NewEntity): Promise<EntityRow> {
  const at = ctx.now()
  const [row] = await tx
    .insert(entities)
    .values({
      id: newId(),
      name: entity.name,
      description: entity.description ?? '',
      keys: entity.keys,
      domain: entity.domain ?? null,
      ownerTeamId: entity.team.id,
      sample: entity.sample ?? false,
      createdBy: ctx.actor.id,
      createdAt: at.toISOString(),
      updatedAt: at.toISOString(),
    })
    .returning()
  if (!row) throw new Error('An insert returned no row.')
  await writeEntityDocument(tx, row, entity.team.name, at)
  await announce(tx, { kind: 'entity', name: row.name })
  return row
}
