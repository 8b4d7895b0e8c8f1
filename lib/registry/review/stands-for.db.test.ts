import { expect, it } from 'vitest'
import { db } from '@/db/client'
import { apiKeys } from '@/db/schema'
import { newId } from '@/lib/core/ids'
import { standsFor } from './stands-for'

async function keyOf(ownerId: string, createdBy: string, ownerKind: 'person' | 'service' = 'service') {
  const id = newId()
  await db()
    .insert(apiKeys)
    .values({ id, name: 'ci', prefix: 'alm', secretHash: id, ownerKind, ownerId, createdBy })
  return id
}

const acting = (id: string, keyId: string) => ({
  kind: 'apiKey' as const,
  id,
  name: 'ci',
  roles: [],
  teams: [],
  keyId,
  keyName: 'ci',
  scopes: [],
  environments: [],
  groups: [],
  expiresAt: null,
})

it('whoever made the key that made the key stands behind it, in circles too', async () => {
  const [ada, first, second, third] = [newId(), newId(), newId(), newId()]
  await keyOf(first, ada)
  await keyOf(second, first)
  await keyOf(first, second)
  const key = await keyOf(third, second)
  expect((await standsFor(acting(third, key))).sort()).toEqual([ada, first, second, third].sort())
})

it('a person’s key stands for that person and its maker alone', async () => {
  const [ada, ben] = [newId(), newId()]
  const key = await keyOf(ben, ada, 'person')
  await keyOf(ben, newId(), 'person')
  expect((await standsFor(acting(ben, key))).sort()).toEqual([ada, ben].sort())
})
