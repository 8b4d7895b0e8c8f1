import { and, eq, inArray, or } from 'drizzle-orm'
import { db } from '@/db/client'
import { apiKeys, featureGroups, usageMinutes } from '@/db/schema'
import { mayEver } from '@/lib/authz'
import type { Context } from '@/lib/core/context'

/** What somebody new has done already; a step is absent when their rights do not reach that far. */
export interface FirstSteps {
  /** Registered a feature group of their own. */
  register?: boolean
  /** Made an API key, for themselves or for a service account. */
  key?: boolean
  /** Read a feature with such a key. */
  read?: boolean
}

const any = (rows: unknown[]) => rows.length > 0

const hasGroup = async (personId: string) =>
  any(
    await db()
      .select({ id: featureGroups.id })
      .from(featureGroups)
      .where(and(eq(featureGroups.createdBy, personId), eq(featureGroups.sample, false)))
      .limit(1),
  )

const keysOf = (personId: string) =>
  db()
    .select({ id: apiKeys.id })
    .from(apiKeys)
    .where(or(eq(apiKeys.ownerId, personId), eq(apiKeys.createdBy, personId)))

const hasRead = async (personId: string) =>
  any(
    await db()
      .select({ minute: usageMinutes.minute })
      .from(usageMinutes)
      .where(and(eq(usageMinutes.consumerKind, 'key'), inArray(usageMinutes.consumerId, keysOf(personId))))
      .limit(1),
  )

/** The first steps of the caller, judged from what is there; a key that was revoked since counts. */
export async function getFirstSteps(ctx: Context): Promise<FirstSteps> {
  const { id } = ctx.actor
  const may = {
    register: mayEver(ctx, 'group:create'),
    key: mayEver(ctx, 'key:create'),
    read: mayEver(ctx, 'group:read_online'),
  }
  const [register, key, read] = await Promise.all([
    may.register ? hasGroup(id) : false,
    may.key ? keysOf(id).limit(1).then(any) : false,
    may.key && may.read ? hasRead(id) : false,
  ])
  return {
    ...(may.register ? { register } : {}),
    ...(may.key ? { key } : {}),
    ...(may.key && may.read ? { read } : {}),
  }
}
