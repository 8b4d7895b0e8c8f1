import type { FeatureRow, VersionRow } from './definition'

/** One side of a replacement: a version with those of its features that the reader may know of. */
export interface Side {
  /** `group@n`. */
  name: string
  entity: string | null
  keys: VersionRow['primaryKey']
  features: Pick<FeatureRow, 'name' | 'type' | 'role'>[]
  /** Environments in which unversioned references mean it. */
  environments: string[]
}

export interface Fit {
  /** Why it cannot take over at all; null: it can. */
  refused: string | null
  /** What readers have to change when they move, a sentence each. */
  warnings: string[]
}

const mostNamed = 5
const list = new Intl.ListFormat('en')

const named = (names: string[]) =>
  names.length > mostNamed
    ? `${names.slice(0, mostNamed).join(', ')} and ${names.length - mostNamed} more`
    : list.format(names)

const keyText = ({ keys }: Side) =>
  keys.length === 0 ? 'none' : keys.map(({ name, type }) => `${name} ${type}`).join(', ')

function refusalOf(old: Side, next: Side): string | null {
  const readable = (side: Side) => side.features.some(({ role }) => role === 'feature')
  if (readable(old) && next.features.length > 0 && !readable(next))
    return `${next.name} holds labels alone: they are predicted, never read as features.`
  const isServed = old.environments.length === 0 || next.environments.length === 0
  if (isServed || old.environments.some((one) => next.environments.includes(one))) return null
  return `${next.name} is served in ${named(next.environments)} alone; readers of ${old.name} are in ${named(old.environments)}.`
}

function keyWarnings(old: Side, next: Side): string[] {
  const sameKeys = keyText(old) === keyText(next)
  const otherEntity = old.entity !== next.entity
  if (sameKeys && otherEntity)
    return [`It describes ${next.entity ?? 'no entity'}, not ${old.entity ?? 'no entity'}.`]
  if (sameKeys) return []
  return [`Readers must ask with other keys: ${keyText(next)} instead of ${keyText(old)}.`]
}

function featureWarnings(old: Side, next: Side): string[] {
  const types = new Map(next.features.map(({ name, type }) => [name, type]))
  const lost = old.features.filter(({ name }) => !types.has(name)).map(({ name }) => name)
  const retyped = old.features.filter(({ name, type }) => types.has(name) && types.get(name) !== type)
  return [
    ...(lost.length === 0
      ? []
      : lost.length === old.features.length
        ? ['It has none of its features by name.']
        : [`It lacks ${lost.length} of ${old.features.length} features: ${named(lost)}.`]),
    ...(retyped.length === 0
      ? []
      : [
          `It has other types for ${named(retyped.map(({ name, type }) => `${name} (${types.get(name)}, not ${type})`))}.`,
        ]),
  ]
}

function environmentWarnings(old: Side, next: Side): string[] {
  const missing = old.environments.filter((one) => !next.environments.includes(one))
  return missing.length === 0 ? [] : [`It is not served in ${named(missing)}.`]
}

/** What a move from one version to another asks of its readers. */
export const replacementFit = (old: Side, next: Side): Fit => ({
  refused: refusalOf(old, next),
  warnings: [...keyWarnings(old, next), ...featureWarnings(old, next), ...environmentWarnings(old, next)],
})
