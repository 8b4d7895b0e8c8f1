import { z } from 'zod'
import { invalidField } from '@/lib/core/errors'

const columnMap = z.record(z.string(), z.string())

/**
 * Key column → spine column, by group; or by an alias under which one group is joined in a role of its own:
 * `{"origin": {"group": "airport_delays", "keys": {"airport": "origin"}}}`, read as `origin:mean_delay`.
 */
export const joinKeysInput = z.record(
  z.string().max(63),
  z.union([z.strictObject({ group: z.string().max(200), keys: columnMap }), columnMap]),
)
export type JoinKeys = z.output<typeof joinKeysInput>

/** One join of one group: under its own name or in a role. */
export interface Role {
  /** What stands before `:` in the references, and before `__` in full names. */
  alias: string
  /** `group` or `group@n`. */
  group: string
  keys: Record<string, string>
}

const isAlias = (entry: JoinKeys[string]): entry is { group: string; keys: Record<string, string> } =>
  typeof entry.keys === 'object' && typeof entry.group === 'string'

const plainMap = (entry: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(entry).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  )

/** The roles of a request by what stands before `:` in its references. */
export const rolesOf = (joinKeys: JoinKeys): Map<string, Role> =>
  new Map(
    Object.entries(joinKeys).map(([alias, entry]) => [
      alias,
      isAlias(entry)
        ? { alias, group: entry.group, keys: entry.keys }
        : { alias, group: alias, keys: plainMap(entry) },
    ]),
  )

/** A reference with its role's group in place of the alias: `origin:mean_delay` → `airport_delays:mean_delay`. */
export function unaliased(
  reference: string,
  roles: Map<string, Role>,
): { reference: string; role: Role | null } {
  const colon = reference.indexOf(':')
  const role = roles.get(reference.slice(0, colon)) ?? null
  return { reference: role ? `${role.group}${reference.slice(colon)}` : reference, role }
}

/** Key column → spine column of one group; the same name where nothing is said. 422 for a key the group does not have. */
export function keyColumns(
  keys: readonly { name: string }[],
  map: Record<string, string>,
  alias: string,
): Record<string, string> {
  for (const name of Object.keys(map)) {
    if (!keys.some((key) => key.name === name)) {
      throw invalidField(`/join_keys/${alias}/${name}`, `\`${name}\` is no key of ${alias}.`, 'unknown_key')
    }
  }
  return Object.fromEntries(
    keys.map(({ name }) => [name, Object.hasOwn(map, name) ? (map[name] ?? name) : name]),
  )
}
