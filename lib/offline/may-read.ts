import type { Transaction } from '@/db/client'
import { authorize, record } from '@/lib/audit'
import type { Decision } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import {
  assertReadable,
  readFacts,
  requirePermittedUse,
  type ServingFeature,
  type ServingVersion,
} from '@/lib/registry'
import type { ReadTarget } from '@/lib/usage'

/** One version and what a read takes of it, allowed. */
export interface AllowedRead {
  version: ServingVersion
  features: ServingFeature[]
  decision: Decision
}

/** What a read counts: a feature each. */
export const targetsOf = (ctx: Context, { version, features }: Omit<AllowedRead, 'decision'>): ReadTarget[] =>
  features.map(({ name }) => ({
    groupName: version.groupName,
    version: version.major,
    feature: name,
    environment: ctx.environment,
  }))

/** A training dataset is read history that is kept. */
export type ReadAction = 'group:read_offline' | 'dataset:create'

/** Errors: forbidden, not_found, conflict for what was never active, gone past a sunset. */
export async function allowRead(
  ctx: Context,
  version: ServingVersion,
  features: ServingFeature[],
  action: ReadAction = 'group:read_offline',
): Promise<AllowedRead> {
  const decision = await authorize(ctx, action, readFacts(version, features))
  await requirePermittedUse(ctx, action, [{ version, features }])
  if (version.state === 'draft' || version.state === 'in_review') {
    const name = `${version.groupName}@${version.major}`
    throw new DomainError('conflict', `${name} is not served yet: it is ${version.state.replace('_', ' ')}.`)
  }
  assertReadable(ctx, version)
  return { version, features, decision }
}

/** The audit row of one group of a historical read. `more` says how it was read. */
export async function recordRead(
  tx: Transaction,
  ctx: Context,
  read: AllowedRead,
  more: Record<string, unknown>,
): Promise<void> {
  const { version, features, decision } = read
  await record(tx, ctx, {
    action: 'group:read_offline',
    resource: version.resource,
    decision,
    after: { version: version.major, features: features.map(({ name }) => name), ...more },
  })
}
