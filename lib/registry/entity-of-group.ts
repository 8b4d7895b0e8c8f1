import { eq, sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { Executor, Transaction } from '@/db/client'
import { entities, type KeyColumn } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { invalidField } from '@/lib/core/errors'
import type { entityReference } from './inputs'
import { insertEntity } from './insert-entity'
import type { Team } from './owner-team'

export type EntityReference = z.output<typeof entityReference>

export interface EntityOfGroup {
  entity: { id: string; name: string; isNew: boolean } | null
  /** In the order of the group's primary key. */
  keys: KeyColumn[]
}

const findEntity = async (executor: Executor, name: string) => {
  const [entity] = await executor.select().from(entities).where(eq(entities.name, name))
  return entity ?? null
}

/** Two groups that state the same new entity at one moment: the second waits, and then finds the first one's. */
async function findAfterOthers(tx: Transaction, name: string) {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`entity ${name}`}, 0))`)
  return findEntity(tx, name)
}

const shown = (keys: KeyColumn[]) => keys.map(({ name, type }) => `${name} ${type}`).join(', ')

function requireAgreement(entity: { name: string; keys: KeyColumn[] }, asked: KeyColumn[]) {
  const agrees =
    asked.length === entity.keys.length &&
    asked.every((key) => entity.keys.some((own) => own.name === key.name && own.type === key.type))
  if (agrees) return
  throw invalidField(
    '/entity/keys',
    `Entity \`${entity.name}\` exists with the keys ${shown(entity.keys)}; these differ: ${shown(asked)}.`,
    'entity_differs',
  )
}

async function findOrCreate(tx: Transaction, ctx: Context, reference: EntityReference, team: Team) {
  const name = typeof reference === 'string' ? reference : reference.name
  const existing = (await findEntity(tx, name)) ?? (await findAfterOthers(tx, name))
  if (existing) {
    if (typeof reference !== 'string') requireAgreement(existing, reference.keys)
    return { ...existing, isNew: false }
  }
  if (typeof reference === 'string') {
    const hint = `register it first, or state its keys: {"name":"${name}","keys":[{"name":…,"type":…}]}`
    throw invalidField('/entity', `There is no entity \`${name}\`: ${hint}.`, 'unknown_entity')
  }
  return { ...(await insertEntity(tx, ctx, { name, keys: reference.keys, team })), isNew: true }
}

export function keysInOrder(
  entity: { name: string; keys: KeyColumn[] },
  primaryKey: string[] | undefined,
): KeyColumn[] {
  if (primaryKey === undefined) return entity.keys
  const keys = primaryKey.flatMap((name) => entity.keys.find((key) => key.name === name) ?? [])
  if (keys.length === primaryKey.length && keys.length === entity.keys.length) return keys
  throw invalidField(
    '/primary_key',
    `The primary key must be the keys of entity \`${entity.name}\`: ${entity.keys.map((key) => key.name).join(', ')}.`,
    'not_the_entity_keys',
  )
}

/** The entity that a group describes, made when it was stated inline and is new. 422 with the member that disagrees. */
export async function entityOfGroup(
  tx: Transaction,
  ctx: Context,
  input: { entity?: EntityReference | null | undefined; primary_key?: string[] | undefined },
  team: Team,
): Promise<EntityOfGroup> {
  if (input.entity) {
    const entity = await findOrCreate(tx, ctx, input.entity, team)
    return {
      entity: { id: entity.id, name: entity.name, isNew: entity.isNew },
      keys: keysInOrder(entity, input.primary_key),
    }
  }
  if (input.primary_key === undefined || input.primary_key.length === 0) return { entity: null, keys: [] }
  throw invalidField(
    '/entity',
    'A group with keys describes an entity: name it, or state {name, keys: [{name, type}]}.',
    'entity_required',
  )
}
