import { actionLabels } from '@/lib/authz/actions'
import { isAction } from './scopes'

const list = new Intl.ListFormat('en')

export const scopeLabel = (scope: string): string => (isAction(scope) ? actionLabels[scope] : scope)

export interface KeyLimits {
  scopes: readonly string[]
  environments: readonly string[]
  groups: readonly string[]
}

/** What a key may do, in words: "read online features of route_delays in prod". `owner` is who lends the rights. */
export function limitsSentence({ scopes, environments, groups }: KeyLimits, owner: string): string {
  const what = scopes.length === 0 ? `do everything that ${owner} may` : list.format(scopes.map(scopeLabel))
  const on = groups.length === 0 ? '' : `, on ${list.format(groups)} alone`
  const where = environments.length === 0 ? '' : `, in ${list.format(environments)} alone`
  return `${what}${on}${where}`
}

export const expiryChoices = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: '1 year' },
  { value: 'date', label: 'On a date' },
  { value: 'never', label: 'Never' },
] as const

/** The instant at which a key ends: so many days from now, the first moment of a UTC date, or never (null). */
export function expiryInstant(choice: string, date: string, now: Date): string | null {
  if (choice === 'never') return null
  if (choice === 'date') return date === '' ? null : `${date}T00:00:00Z`
  return new Date(now.getTime() + Number(choice) * 86_400_000).toISOString()
}
