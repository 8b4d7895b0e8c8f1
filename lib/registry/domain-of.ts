import type { Transaction } from '@/db/client'
import { record } from '@/lib/audit'
import type { Decision } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { invalidField } from '@/lib/core/errors'
import { readSetting } from '@/lib/settings'
import { holdDomain } from './domain-queries'
import { insertDomain } from './insert-domain'
import type { Team } from './owner-team'
import { domainsSetting } from './registry-settings'
import { requireNames } from './require-names'

interface Naming {
  name: string | null | undefined
  /** Owns the domain when it is new. */
  team: Team
  decision: Decision
  sample?: boolean | undefined
}

/**
 * Makes sure that the domain which an asset names is there: made with the asset, or refused when the organisation
 * wants domains registered first. It stays until the transaction ends. Errors: `invalid` at `/domain`.
 */
export async function requireDomain(tx: Transaction, ctx: Context, naming: Naming): Promise<void> {
  const { name, team, decision, sample = false } = naming
  if (!name || (await holdDomain(tx, name))) return
  if ((await readSetting(tx, domainsSetting)).unknown === 'refuse' && !sample) {
    throw invalidField('/domain', `There is no domain \`${name}\`: register it first.`, 'unknown_domain')
  }
  if (!sample) await requireNames(tx, [{ kind: 'domain', name, team: team.name, pointer: '/domain' }])
  const made = await insertDomain(tx, ctx, { name, team, sample })
  // Somebody else has just made it, and it may be deleted again before it is held.
  if (!made) return requireDomain(tx, ctx, naming)
  await record(tx, ctx, {
    action: 'group:create',
    resource: { kind: 'domain', name },
    decision,
    after: { owner_team: team.name },
    environment: null,
  })
}
