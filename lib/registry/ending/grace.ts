import { and, eq } from 'drizzle-orm'
import type { z } from 'zod'
import { db, type Executor } from '@/db/client'
import { apiKeys, deprecationGraces as graces, people } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { DomainError, invalidField, notFound } from '@/lib/core/errors'
import { newId } from '@/lib/core/ids'
import { parseInput } from '@/lib/core/parse-input'
import { actOnVersion, requireState, versionName } from '../act-on-version'
import type { VersionRow } from '../definition'
import { reasonedActInput } from '../inputs'
import { instantMilliseconds, isoInstant } from '../instants'
import type { GroupRow } from '../queries'
import { requireShortGrace } from './ending-rules'
import { getDeprecation } from './get-deprecation'
import { isInForce } from './graces'
import { type DeprecationStateResource, extendGraceInput } from './resources'
import { authorizedEnding, authorizeEndingAtAll } from './rights'

type Consumer = z.output<typeof extendGraceInput>['consumer']

async function nameOfConsumer(executor: Executor, consumer: Consumer): Promise<string> {
  if (consumer.kind === 'all') return 'everybody'
  const table = consumer.kind === 'key' ? apiKeys : people
  const [row] = await executor.select({ name: table.name }).from(table).where(eq(table.id, consumer.id))
  if (row) return row.name
  throw invalidField('/consumer/id', `There is no such ${consumer.kind}.`, 'unknown_consumer')
}

const inWords = ({ kind }: Consumer, name: string) =>
  kind === 'all' ? name : `${kind === 'key' ? 'API key ' : ''}${name}`

/** Returns the sunset. */
function requireLater(ctx: Context, row: GroupRow, version: VersionRow, until: string): string {
  requireState(row, version, 'read past its sunset', ['deprecated'])
  const { sunsetAt } = version
  if (sunsetAt === null)
    throw new DomainError('conflict', `${versionName(row, version)} has no sunset date: reads go on anyway.`)
  const untilMs = Date.parse(until)
  if (untilMs <= instantMilliseconds(sunsetAt))
    throw invalidField('/until', `lies before the sunset, ${isoInstant(sunsetAt)}.`, 'before_sunset')
  if (untilMs <= ctx.now().getTime()) throw invalidField('/until', 'lies in the past', 'not_in_future')
  return sunsetAt
}

/**
 * Lets one key or person, or everybody, read a deprecated version past its sunset until an instant, with a reason.
 * Errors: `conflict` unless it is deprecated with a sunset; `invalid` for an `until` that extends nothing and for an
 * unknown consumer; `forbidden`.
 */
export async function extendGrace(
  ctx: Context,
  group: string,
  major: number,
  body: unknown,
): Promise<DeprecationStateResource> {
  await authorizeEndingAtAll(ctx)
  const { consumer, until, reason } = parseInput(extendGraceInput, body)
  const { action } = await authorizedEnding(ctx, group, major)
  const name = await nameOfConsumer(db(), consumer)
  await actOnVersion(ctx, {
    action,
    group,
    major,
    reason: `Grace for ${inWords(consumer, name)} until ${until}: ${reason}`,
    apply: async (tx, row, version) => {
      await requireShortGrace(tx, requireLater(ctx, row, version, until), until)
      await tx.insert(graces).values({
        id: newId(ctx.now().getTime()),
        versionId: version.id,
        consumerKind: consumer.kind,
        consumerId: consumer.kind === 'all' ? '' : consumer.id,
        consumerName: name,
        until,
        reason,
        grantedBy: ctx.actor.id,
        createdAt: ctx.now().toISOString(),
      })
      return version
    },
  })
  return getDeprecation(ctx, group, major)
}

/**
 * Takes a grace back: whom it covered is refused from the sunset on again, at once.
 * Errors: `conflict` when it is over or withdrawn; `not_found`, `forbidden`.
 */
export async function withdrawGrace(
  ctx: Context,
  { group, version: major, grace: id }: { group: string; version: number; grace: string },
  body: unknown,
): Promise<DeprecationStateResource> {
  await authorizeEndingAtAll(ctx)
  const { reason } = parseInput(reasonedActInput, body)
  const { action } = await authorizedEnding(ctx, group, major)
  await actOnVersion(ctx, {
    action,
    group,
    major,
    reason: `Grace withdrawn: ${reason}`,
    apply: async (tx, _row, version) => {
      const own = and(eq(graces.id, id), eq(graces.versionId, version.id))
      const [found] = id.includes('\u0000') ? [] : await tx.select().from(graces).where(own)
      if (!found) throw notFound(`Grace ${id}`)
      if (!isInForce(ctx, found)) throw new DomainError('conflict', 'This grace has ended already.')
      await tx
        .update(graces)
        .set({ withdrawnAt: ctx.now().toISOString(), withdrawnBy: ctx.actor.id, withdrawReason: reason })
        .where(own)
      return version
    },
  })
  return getDeprecation(ctx, group, major)
}
