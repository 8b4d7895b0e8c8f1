import type { Transaction } from '@/db/client'
import { domains } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { newId } from '@/lib/core/ids'
import type { Team } from './owner-team'

interface NewDomain {
  name: string
  description?: string
  team: Team
  sample?: boolean
}

/** Inserts a domain unless it is there; the caller has authorized and writes the audit row. Null: it was there. */
export async function insertDomain(tx: Transaction, ctx: Context, domain: NewDomain) {
  const at = ctx.now().toISOString()
  const [row] = await tx
    .insert(domains)
    .values({
      id: newId(),
      name: domain.name,
      description: domain.description ?? '',
      ownerTeamId: domain.team.id,
      sample: domain.sample ?? false,
      createdBy: ctx.actor.id,
      createdAt: at,
      updatedAt: at,
    })
    .onConflictDoNothing({ target: domains.name })
    .returning()
  return row ?? null
}
