import { authorize } from '@/lib/audit'
import { type Action, decide, type ResourceFacts } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { actAs, systemContext } from '@/lib/identity'
import { namesOf, type ServingVersion } from '@/lib/registry'
import type { Input } from './resolve-inputs'

/** What a run needs: to write both stores of its group, and to read the groups that it computes from. */
export function rightsOf(version: ServingVersion, inputs: readonly Input[]): [Action, ResourceFacts][] {
  const read = inputs.flatMap((input): [Action, ResourceFacts][] =>
    input.kind === 'group' ? [['group:read_offline', input.version.resource]] : [],
  )
  return [
    ['group:write_offline', version.resource],
    ...(version.online ? [['group:write_online', version.resource] as [Action, ResourceFacts]] : []),
    ...read,
  ]
}

/** A context with the rights that this person or account has now; null when it is gone. */
export async function contextAs(
  principal: string,
  environment: string,
  signal: AbortSignal,
): Promise<Context | null> {
  const actor = await actAs(principal, null)
  return actor && systemContext({ actor, environment, signal })
}

/** Why a run in this name would be refused; null when it would not. Nothing is written. */
export async function refusalFor(
  ctx: Context | null,
  principal: string,
  version: ServingVersion,
  inputs: readonly Input[],
): Promise<string | null> {
  if (!ctx) {
    const nameOf = await namesOf([principal])
    return `It runs in the name of ${nameOf(principal)}, whose account is closed.`
  }
  for (const [action, facts] of rightsOf(version, inputs)) {
    const { allowed, rule } = decide(ctx, action, facts)
    if (!allowed) return `It runs in the name of ${ctx.actor.name}, who is refused ${facts.name}: ${rule}`
  }
  return null
}

/** Leaves a row of the refusal in the audit log. */
export async function auditRefusal(
  ctx: Context,
  version: ServingVersion,
  inputs: readonly Input[],
): Promise<void> {
  try {
    for (const [action, facts] of rightsOf(version, inputs)) await authorize(ctx, action, facts)
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
  }
}
