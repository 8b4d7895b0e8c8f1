import { withTransaction } from '@/db/client'
import { authorizeAtAll } from '@/lib/audit'
import { systemResource } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { invalidField } from '@/lib/core/errors'
import { parseInput } from '@/lib/core/parse-input'
import { assetResource, completeNotification, handOn, knownAsset, ownNotification } from '@/lib/notify'
import { assignInput } from './operations'
import { mayKnowOf } from './people'

/**
 * Hands a notice on to somebody who may know of its asset, and puts it away. Errors: `not_found`, `invalid` at
 * `/person`, `conflict` while it has to be acknowledged.
 */
export async function assignNotification(ctx: Context, id: string, body: unknown): Promise<void> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const { person } = parseInput(assignInput, body)
  const found = await ownNotification(ctx, id)
  const { asset } = found
  const resource =
    asset.kind === 'team' || asset.kind === 'portal'
      ? systemResource
      : assetResource(await knownAsset(ctx, asset))
  if (person === ctx.actor.id || !(await mayKnowOf(ctx, person, resource)))
    throw invalidField('/person', 'is nobody else who may know of this asset', 'not_assignable')
  await completeNotification(ctx, id)
  await withTransaction((tx) => handOn(tx, ctx, found, person))
}
