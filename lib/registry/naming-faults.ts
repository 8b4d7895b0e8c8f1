import { linearPattern } from '@/lib/core/pattern'

/** What a naming rule can be for. */
export const namedKinds = ['group', 'feature', 'service', 'entity', 'source', 'domain'] as const
export type NamedKind = (typeof namedKinds)[number]

/** The rules, as far as a name is held against them. */
interface RulesOfNames {
  patterns: readonly { kinds: readonly NamedKind[]; pattern: string; explanation: string }[]
  team_prefixes: readonly { team: string; prefix: string; kinds: readonly NamedKind[] }[]
  reserved: readonly string[]
}

export interface NewName {
  kind: NamedKind
  name: string
  /** The owner team, where it is known. */
  team?: string | null | undefined
}

function prefixFault(rules: RulesOfNames, { kind, name, team }: NewName): string[] {
  const own = rules.team_prefixes.filter((one) => one.kinds.includes(kind))
  const asked = own.filter((one) => one.team === team).map(({ prefix }) => prefix)
  if (asked.length > 0 && !asked.some((prefix) => name.startsWith(prefix)))
    return [`of team ${team} starts with ${asked.join(' or ')}`]
  const taken = own.find((one) => one.team !== team && name.startsWith(one.prefix))
  // A longer prefix of the own team may begin like another team's.
  if (asked.length > 0 || !taken) return []
  return [`starts with ${taken.prefix}, which is kept for team ${taken.team}`]
}

function patternFaults({ patterns }: RulesOfNames, { kind, name }: NewName): string[] {
  return patterns.flatMap(({ kinds, pattern, explanation }) => {
    if (!kinds.includes(kind) || linearPattern(`^(?:${pattern})$`).test(name)) return []
    return [explanation.trim() === '' ? `does not fit ${pattern}` : explanation.trim()]
  })
}

/**
 * What the organisation's rules have against a new name; empty when nothing. Pure: forms ask while somebody types,
 * use cases before anything is written.
 */
export function namingFaults(rules: RulesOfNames, asked: NewName): string[] {
  const words = asked.name.split('_')
  const reserved = rules.reserved.filter((word) => words.includes(word))
  return [
    ...reserved.map((word) => `holds \`${word}\`, a word that is reserved`),
    ...prefixFault(rules, asked),
    ...patternFaults(rules, asked),
  ]
}
