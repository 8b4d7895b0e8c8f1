import { sql } from '@/db/client'
import type { Subject } from '@/lib/authz'
import { toDate } from './instants'
import { type RightsRow, rightsOf, rightsSelect } from './load-subject'

interface Facts extends RightsRow {
  owner: string
  ownerName: string
  id: string
  name: string
  scopes: string[]
  environments: string[]
  groups: string[]
  expiresAt: string | null
}

/**
 * Everything that decides what keys may do, as a text each: the same text, the same rights. Absent are keys that are
 * unknown or revoked, or whose owner is gone or disabled. One statement for all, since keys in use are asked again
 * every few seconds.
 */
export async function loadKeyFacts(
  by: 'hash' | 'id',
  values: readonly string[],
): Promise<Map<string, string>> {
  const column = by === 'hash' ? sql()`k.secret_hash` : sql()`k.id`
  const rows = await sql()<{ value: string; facts: string }[]>`
    select ${column} as value, json_build_object('id', k.id, 'name', k.name, 'scopes', k.scopes,
      'environments', k.environments, 'groups', k.groups, 'expiresAt', k.expires_at, 'owner', k.owner_id,
      'ownerName', owner.name, 'roles', rights.roles, 'teams', rights.teams, 'grants', rights.grants)::text as facts
    from api_keys k
    join lateral (
      select name from people where k.owner_kind = 'person' and id = k.owner_id and disabled_at is null
      union all
      select name from service_accounts where k.owner_kind = 'service' and id = k.owner_id and disabled_at is null
    ) owner on true
    cross join lateral (${rightsSelect(sql()`k.owner_id`, sql()`k.id`)}) rights
    where ${column} = any(${values}::text[]) and k.revoked_at is null`
  return new Map(rows.map(({ value, facts }) => [value, facts]))
}

/** The owner's rights with the key's limits. */
export function keyActor(facts: string): Subject {
  // Made by the statement above.
  const { roles, teams, grants, ...key } = JSON.parse(facts) as Facts
  return {
    kind: 'apiKey',
    id: key.owner,
    name: key.ownerName,
    ...rightsOf({ roles, teams, grants }),
    keyId: key.id,
    keyName: key.name,
    scopes: key.scopes,
    environments: key.environments,
    groups: key.groups,
    expiresAt: key.expiresAt === null ? null : toDate(key.expiresAt),
  }
}
