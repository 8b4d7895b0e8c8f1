import { plural } from '@/components/ui/format-number'
import type { BulkPreviewResource } from '@/lib/retirement/operations'
import { assetName } from './asset-words'

const list = new Intl.ListFormat('en')
const mostNamed = 8

const named = (names: string[]) =>
  list.format(
    names.length <= mostNamed ? names : [...names.slice(0, mostNamed), `${names.length - mostNamed} more`],
  )

/** What acting on the whole set will do and to whom, a sentence each. */
export function bulkEffects(preview: BulkPreviewResource): string[] {
  const { act, items, services, groups, datasets, consumers, note, owner_teams: teams } = preview
  const going = items.filter(({ refused }) => refused === null)
  const staying = items.flatMap(({ refused, ...one }) => {
    if (refused === null) return []
    return [refused.startsWith(assetName(one)) ? refused : `${assetName(one)} stays: ${refused}`]
  })
  const built = [
    ...services.map(({ name }) => `service ${name}`),
    ...groups.map((name) => `group ${name}`),
    ...datasets.map(({ name }) => `training dataset ${name}`),
  ]
  const readers = consumers.map(({ kind, name, owner }) =>
    kind === 'key' ? `API key ${name}${owner === null ? '' : ` of ${owner}`}` : name,
  )
  const then =
    act === 'archive'
      ? 'Reads answer 410 at once.'
      : 'Reads go on and say so in their headers; everybody downstream is told.'
  return [
    ...(going.length > 0
      ? [`${plural(going.length, 'goes', 'go')}: ${named(going.map(assetName))}. ${then}`]
      : []),
    ...staying,
    built.length === 0 ? 'Nothing else was built on them.' : `Built on them: ${named(built)}.`,
    readers.length === 0 ? 'Nobody has read them in 30 days.' : `Read in 30 days by ${named(readers)}.`,
    ...(teams.length > 0 ? [`Whom to tell: ${named(teams)}.`] : []),
    note,
  ]
}
