import { recordRefusal } from '@/lib/audit'
import { type Action, type Decision, decide } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import type { PermittedUse } from './permitted-use'
import type { ServingFeature, ServingVersion } from './types'

/** What is taken of one version. */
export interface Taken {
  version: ServingVersion
  features: readonly ServingFeature[]
}

interface Breach {
  version: ServingVersion
  use: PermittedUse
  rule: string
  missing: string
}

const nameOf = (version: ServingVersion, feature: ServingFeature) =>
  `${version.groupName}@${version.major}:${feature.name}`

const pairs = (taken: readonly Taken[]) =>
  taken.flatMap(({ version, features }) => features.map((feature) => ({ version, feature })))

function rawValue(taken: readonly Taken[]): Breach | null {
  const found = pairs(taken).find(({ feature }) => feature.permittedUse.includes('aggregate_only'))
  if (!found) return null
  const name = nameOf(found.version, found.feature)
  return {
    version: found.version,
    use: 'aggregate_only',
    rule: `The permitted use of ${name} is \`aggregate_only\`: single values of it are given to nobody.`,
    missing: 'a feature group whose SQL aggregates it',
  }
}

function namedPerson(taken: readonly Taken[]): Breach | null {
  const all = pairs(taken)
  const person = all.find(({ feature }) => feature.isIdentifier)
  const bound = all.find(({ feature }) => feature.permittedUse.includes('no_reidentification'))
  if (!person || !bound) return null
  const name = nameOf(person.version, person.feature)
  return {
    version: bound.version,
    use: 'no_reidentification',
    rule: `The permitted use of ${nameOf(bound.version, bound.feature)} is \`no_reidentification\`: it is never given together with ${name}, which names a person (its tags say so).`,
    missing: 'a selection without one of the two',
  }
}

async function refuse(ctx: Context, action: Action, { version, use, rule, missing }: Breach): Promise<never> {
  const { resource } = version
  const whoCanHelp = [`team ${version.team}`]
  const decision: Decision = {
    ...decide(ctx, action, resource),
    allowed: false,
    policies: [`permitted-use:${use}`],
    rule,
    missing: [missing],
    whoCanHelp,
  }
  await recordRefusal(ctx, action, resource, decision)
  throw new DomainError('forbidden', rule, {
    decision: { action, resource: resource.name, rule, missing: [missing], who_can_help: whoCanHelp },
  })
}

/**
 * Holds what is read or selected together to its permitted use, whoever asks: no single value of what is
 * `aggregate_only`; nothing that is `no_reidentification` beside a feature whose tags say that it names a person.
 * Errors: `forbidden` with the rule; the refusal is audited.
 */
export async function requirePermittedUse(
  ctx: Context,
  action: Action,
  taken: readonly Taken[],
): Promise<void> {
  const breach = rawValue(taken) ?? namedPerson(taken)
  if (breach) await refuse(ctx, action, breach)
}
