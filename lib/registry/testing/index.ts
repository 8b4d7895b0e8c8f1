import { and, eq, inArray } from 'drizzle-orm'
import { db } from '@/db/client'
import { featureGroups, features, featureGroupVersions as groupVersions, teams } from '@/db/schema'
import type { Classification } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { newId } from '@/lib/core/ids'
import type { Role } from '@/lib/core/principal'

let minted = 0

/** A name that no other test of the file has. */
export const mintName = (stem: string) => `${stem}_${process.pid}_${++minted}`

export interface TestTeam {
  id: string
  name: string
}

export async function mintTeam(): Promise<TestTeam> {
  const team = { id: newId(), name: mintName('team') }
  await db()
    .insert(teams)
    .values({ ...team, displayName: team.name })
  return team
}

/** Someone with these roles, global unless `team` narrows them, who is a member of `team`. */
export function contextOf(
  roles: Role[],
  team: TestTeam | null = null,
  overrides: Partial<Context> = {},
): Context {
  const id = mintName('person')
  return {
    actor: {
      kind: 'user',
      id,
      name: id,
      sessionId: 'session',
      roles: roles.map((role) => ({ role, teamId: null, environment: null })),
      teams: team ? [{ teamId: team.id, team: team.name, membership: 'member' }] : [],
    },
    environment: 'prod',
    requestId: 'request',
    via: 'api',
    purpose: null,
    address: null,
    now: () => new Date(),
    signal: new AbortController().signal,
    ...overrides,
  }
}

/** The body of a group that needs nothing else to be there. */
export function groupBody(overrides: Record<string, unknown> = {}) {
  const entity = mintName('customer')
  return {
    name: mintName('engagement'),
    description: 'How often customers use the product.',
    entity: { name: entity, keys: [{ name: 'customer_id', type: 'int64' }] },
    primary_key: ['customer_id'],
    timestamp_key: 'interaction_date',
    purposes: ['churn prediction'],
    lawful_basis: 'contract',
    features: [
      { name: 'num_logins', type: 'int64', description: 'Logins on the day.', contract: { min: 0 } },
      { name: 'avg_session_duration', type: 'float64', description: 'Minutes.' },
    ],
    ...overrides,
  }
}

/** Classifies one feature of every version of a group that is served already, as if a second person had approved it. */
export async function classifyFeature(group: string, name: string, classification: Classification) {
  const versions = db()
    .select({ id: groupVersions.id })
    .from(groupVersions)
    .innerJoin(featureGroups, eq(featureGroups.id, groupVersions.groupId))
    .where(eq(featureGroups.name, group))
  await db()
    .update(features)
    .set({ classification })
    .where(and(inArray(features.versionId, versions), eq(features.name, name)))
}
