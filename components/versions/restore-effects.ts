import { whoIsHit } from '@/components/deprecate/consequences'
import type { DiffResource } from '@/lib/registry/operations'

const mostNamed = 4

/** What bringing the right side of a difference back will do, a sentence each. */
export function restoreEffects(group: string, diff: DiffResource): string[] {
  const { changes, compatible, from, from_revision: revision, impact } = diff
  if (changes.length === 0) return [`Nothing that you may see differs from @${from}.${revision}.`]
  const named = changes.slice(0, mostNamed).map(({ field }) => field)
  const more = changes.length - named.length
  const list = [...named, ...(more > 0 ? [`${more} more`] : [])].join(', ')
  const hit = whoIsHit(impact)
  const told = `${changes.length === 1 ? '1 field differs' : `${changes.length} fields differ`} from @${from}.${revision}: ${list}.`
  if (compatible) {
    return [
      told,
      `It is compatible: it becomes the next revision of ${group}@${from}, on the same data; from confidential up a second person approves it first.`,
      'Description, tags and note of the group come back with it; its class and its owner stay.',
    ]
  }
  return [
    told,
    'It is not compatible: it becomes a draft of a new version with data of its own, and a second person approves it.',
    hit === null
      ? `Nobody reads ${group}@${from}, so nobody is hit.`
      : `Who reads ${group}@${from} goes on until the new version is promoted: ${hit}.`,
  ]
}
