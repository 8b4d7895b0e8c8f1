import { and, asc, inArray, isNull, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { people } from '@/db/schema'
import { authorizeAtAll } from '@/lib/audit'
import { decide, type ResourceFacts } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { invalidField } from '@/lib/core/errors'
import { actAs } from '@/lib/identity'
import { assetResource, knownAsset } from '@/lib/notify'
import type { CommentedAsset } from './operations'

export interface Person {
  id: string
  name: string
}

/** Whether somebody else may know of the asset, with the rights that they have now. */
export async function mayKnowOf(ctx: Context, personId: string, resource: ResourceFacts): Promise<boolean> {
  const actor = await actAs(personId, null)
  return actor !== null && decide({ ...ctx, actor }, 'catalog:describe', resource).allowed
}

const mostShown = 8
/** Of those whose names fit, how many are asked about. */
const mostAsked = 40

/** People who may know of the asset and whose name, or a word of it, begins so. Errors: `not_found`. */
export async function listMentionable(
  ctx: Context,
  { q, ...asset }: CommentedAsset & { q: string },
): Promise<{ data: Person[] }> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const resource = assetResource(await knownAsset(ctx, asset))
  const begins = `(^|\\s)${q.trim().replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`
  const rows = await db()
    .select({ id: people.id, name: people.name })
    .from(people)
    .where(and(isNull(people.disabledAt), sql`${people.name} ~* ${begins}`))
    .orderBy(asc(people.name), asc(people.id))
    .limit(mostAsked)
  const data: Person[] = []
  for (const person of rows) {
    if (data.length === mostShown) break
    if (person.id !== ctx.actor.id && (await mayKnowOf(ctx, person.id, resource))) data.push(person)
  }
  return { data }
}

/** Those who are mentioned: there, named in the text, and allowed to know of the asset. Errors: `invalid`. */
export async function mentioned(
  ctx: Context,
  { body, mentions }: { body: string; mentions: readonly string[] },
  resource: ResourceFacts,
): Promise<Person[]> {
  const ids = [...new Set(mentions)]
  if (ids.length === 0) return []
  const rows = await db()
    .select({ id: people.id, name: people.name })
    .from(people)
    .where(and(isNull(people.disabledAt), inArray(people.id, ids)))
  for (const [at, id] of ids.entries()) {
    const person = rows.find((one) => one.id === id)
    // Somebody who is not there and somebody who may not know of it are refused alike.
    if (!person || !(await mayKnowOf(ctx, id, resource)))
      throw invalidField(`/mentions/${at}`, 'is nobody who may know of this asset', 'not_mentionable')
    if (!body.includes(`@${person.name}`))
      throw invalidField(`/mentions/${at}`, `is not named in the text as @${person.name}`, 'not_named')
  }
  return rows
}
