import { plural } from '@/components/ui/format-number'
import type { VerdictClause } from '@/components/ui/verdict-line'
import type { Hub } from '@/lib/catalog/operations'

interface HubVerdictInput {
  hub: Hub
  /** State of the newest row of each group that is shown. */
  fresh: readonly string[]
  /** The list of its groups and of its features. */
  groupsHref: string
  featuresHref: string
}

/** "24 features in 3 groups · 2 of 3 late or overdue · 4 readers in 30 days · owned by network and flights" */
export function hubVerdict({ hub, fresh, groupsHref, featuresHref }: HubVerdictInput): VerdictClause[] {
  const { groups, features, owners, readersTotal } = hub
  const late = fresh.filter((state) => state === 'warn' || state === 'fail').length
  const known = fresh.filter((state) => state !== 'unknown').length
  const freshness: VerdictClause =
    known === 0
      ? { id: 'fresh', state: 'unknown', text: 'freshness unknown: no group has rows here', href: groupsHref }
      : late > 0
        ? {
            id: 'fresh',
            state: 'fail',
            text: `${late} of ${plural(known, 'group')} late`,
            href: '/monitoring',
          }
        : { id: 'fresh', state: 'ok', text: `${plural(known, 'group')} fresh`, href: '/monitoring' }
  const names = new Intl.ListFormat('en').format(owners.slice(0, 3).map(({ name }) => name))
  return [
    { id: 'features', state: 'fact', text: plural(features, 'feature'), href: featuresHref },
    { id: 'groups', state: 'fact', text: plural(groups, 'group'), href: groupsHref },
    ...(groups > 0 ? [freshness] : []),
    { id: 'readers', state: 'fact', text: `${plural(readersTotal, 'reader')} in 30 days` },
    ...(owners.length > 0
      ? [
          {
            id: 'owners',
            state: 'fact' as const,
            text: `owned by ${names}${owners.length > 3 ? ` and ${owners.length - 3} more` : ''}`,
          },
        ]
      : []),
  ]
}
