import { whoIsHit } from '@/components/deprecate/consequences'
import { plural } from '@/components/ui/format-number'
import type { ImpactResource, ServiceImpactResource } from '@/lib/registry/operations'

const list = new Intl.ListFormat('en')

interface ArchivedVersion {
  online: boolean
  hasTransformation: boolean
}

/** What archiving a version will do and to whom, a sentence each. */
export function archiveConsequences(
  { online, hasTransformation }: ArchivedVersion,
  impact: ImpactResource,
): string[] {
  const name = `${impact.group}@${impact.version}`
  const hit = whoIsHit(impact)
  return [
    `Reads of ${name} answer 410 at once, online and historical, and no row is written any more.`,
    online ? 'Its rows leave the online store. Its history stays as it is.' : 'Its history stays as it is.',
    ...(hasTransformation ? ['Its transformation runs no more.'] : []),
    'Lists and search leave it out, unless they are asked for what is archived.',
    hit === null
      ? 'Nobody is hit: no service names it, no dataset was built from it, and nobody has read it in 30 days.'
      : `Hit: ${hit}. Whom to tell: ${list.format(impact.owner_teams)}.`,
    impact.note,
  ]
}

/** What archiving a service will do and to whom. */
export function serviceConsequences({ service, consumers, datasets, note }: ServiceImpactResource): string[] {
  return [
    `Reads by the name ${service} answer 410 at once. Its features stay readable by their own names.`,
    'Lists and search leave it out, unless they are asked for what is archived.',
    'Feature groups that only it selects from can be archived from then on.',
    ...(datasets.length > 0
      ? [
          `${plural(datasets.length, 'training dataset')} built from it ${datasets.length === 1 ? 'stays' : 'stay'}.`,
        ]
      : []),
    consumers.length === 0
      ? 'Nobody is hit: nobody has read it in 30 days.'
      : `Hit: ${list.format(consumers.map(({ name, kind }) => (kind === 'key' ? `API key ${name}` : name)))}.`,
    note,
  ]
}
