import { authorize, authorizeAtAll } from '@/lib/audit'
import type { Decision } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { replacementFor, resolveVersion, type ServingVersion, type VersionReference } from '@/lib/registry'

export interface WriteTarget {
  version: ServingVersion
  decision: Decision
}

/** The coarse gate of every write of rows, before the body is looked at. */
export async function mayWriteAtAll(ctx: Context, to: 'both' | 'offline'): Promise<void> {
  await authorizeAtAll(ctx, 'group:write_offline')
  if (to === 'both') await authorizeAtAll(ctx, 'group:write_online')
}

const advice: Partial<Record<ServingVersion['state'], string>> = {
  draft: 'is a draft: submit it first',
  in_review: 'waits for its review',
  archived: 'is archived: restore it first',
}

/** Rows enter active and deprecated versions, promoted or not, so that a new one can be filled before it serves. */
export function refuseClosed(ctx: Context, version: ServingVersion): void {
  const name = `${version.groupName}@${version.major}`
  const why = advice[version.state]
  if (why) throw new DomainError('conflict', `${name} takes no rows: it ${why}.`)
  if (version.sunsetAt !== null && Date.parse(version.sunsetAt) <= ctx.now().getTime()) {
    const replacement = replacementFor(ctx, version)
    const instead = replacement ? ` Write to ${replacement} instead.` : ''
    throw new DomainError('gone', `${name} ended with its sunset.${instead}`)
  }
}

/** The version that rows go to, once the caller may write there. Errors: not_found, forbidden, conflict, gone. */
export async function writeTarget(
  ctx: Context,
  reference: VersionReference,
  to: 'both' | 'offline',
): Promise<WriteTarget> {
  const version = await resolveVersion(ctx, reference)
  const decision = await authorize(ctx, 'group:write_offline', version.resource)
  if (to === 'both' && version.online) await authorize(ctx, 'group:write_online', version.resource)
  refuseClosed(ctx, version)
  return { version, decision }
}
