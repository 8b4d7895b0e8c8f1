import { plural } from '@/components/ui/format-number'
import { formatInstant } from '@/components/ui/format-time'
import type { ImpactResource } from '@/lib/registry/operations'

export interface Intent {
  /** `group@n`. */
  name: string
  /** `group` or `group@n`; empty: none. */
  replacement: string
  /** The catalogue speaks of this version. */
  isShown: boolean
  /** The instant from which reads are refused; null: never. */
  sunsetAt: string | null
}

const list = new Intl.ListFormat('en')

/** "2 services, 1 derived group and 3 readers of the last 30 days"; null when nobody is. */
export function whoIsHit(impact: ImpactResource): string | null {
  const { services, groups, datasets, models, consumers } = impact
  const parts = [
    ...(services.length > 0 ? [plural(services.length, 'service')] : []),
    ...(groups.length > 0 ? [plural(groups.length, 'derived group')] : []),
    ...(datasets.length > 0 ? [plural(datasets.length, 'training dataset')] : []),
    ...(models.length > 0 ? [plural(models.length, 'model')] : []),
    ...(consumers.length > 0 ? [`${plural(consumers.length, 'reader')} of the last 30 days`] : []),
  ]
  return parts.length === 0 ? null : list.format(parts)
}

/** What deprecating will do and to whom, a sentence each. */
export function consequences(
  { name, replacement, isShown, sunsetAt }: Intent,
  impact: ImpactResource,
  fit: ImpactResource['replacement'] = null,
): string[] {
  const instead = replacement === '' ? '' : ` and point to ${replacement}`
  const hit = whoIsHit(impact)
  return [
    `Its page says that ${name} is deprecated; answers with its values say so in their headers${instead}.`,
    ...(fit?.warnings ?? []).map((warning) => `Moving to ${replacement}: ${warning}`),
    ...(isShown ? ['Search shows the group as deprecated, after what is active.'] : []),
    'New feature services and training datasets can no longer name it.',
    sunsetAt === null
      ? 'Reads go on, without an end date.'
      : `Reads go on until ${formatInstant(new Date(sunsetAt), 'UTC')} UTC and are refused from then on.`,
    hit === null
      ? 'No service names it, no dataset was built from it, and nobody has read it in 30 days.'
      : `Hit: ${hit}. Whom to tell: ${list.format(impact.owner_teams)}.`,
    impact.note,
  ]
}
