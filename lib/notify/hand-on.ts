import { isNotNull } from 'drizzle-orm'
import type { Executor } from '@/db/client'
import { notifications } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { newId } from '@/lib/core/ids'
import type { NotificationResource } from './operations'

/** Puts a copy of a notice into somebody else's inbox, with the name of who hands it on. */
export async function handOn(
  tx: Executor,
  ctx: Context,
  { id, kind, asset, title, body, href, actor }: NotificationResource,
  personId: string,
): Promise<void> {
  await tx
    .insert(notifications)
    .values({
      id: newId(ctx.now().getTime()),
      personId,
      kind,
      assetKind: asset.kind,
      assetName: asset.name,
      title,
      body,
      href,
      actorId: ctx.actor.id,
      actorName: actor,
      assignedBy: ctx.actor.name,
      once: `handed:${id}`,
      createdAt: ctx.now().toISOString(),
    })
    .onConflictDoNothing({
      target: [notifications.personId, notifications.once],
      where: isNotNull(notifications.once),
    })
}
