import { namePattern } from '@/lib/core/name-pattern'
import type { NamingRules, NewName } from '@/lib/registry/operations'
import { namingFaults } from '@/lib/registry/plain'

/** What is wrong with a name while it is typed; nothing while there is none. */
export function nameFault(rules: NamingRules, asked: NewName): string | undefined {
  const name = asked.name.trim()
  if (name === '') return undefined
  if (!namePattern.test(name)) return 'Start with a lower-case letter; then a-z, 0-9 and _, at most 63.'
  const [fault] = namingFaults(rules, { ...asked, name })
  return fault === undefined
    ? undefined
    : `By the organisation’s naming rules this name is refused: it ${fault}.`
}
