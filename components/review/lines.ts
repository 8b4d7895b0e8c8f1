import { contractWords } from '@/components/monitoring/contract-terms'
import type { ThreadResource } from '@/lib/governance/operations'
import type { BlamedField, DiffResource, VersionResource } from '@/lib/registry/operations'

/** One line of a change, with what is said at it. */
export interface ChangeLine {
  field: string
  class: DiffResource['changes'][number]['class']
  old: unknown
  new: unknown
  /** Who gave the old value, while that is known. */
  blame: { author: string; at: string; address: string } | null
  threads: ThreadResource[]
  /** The feature as a whole, where the line tells of it in words. */
  whole?: unknown
}

type Change = Pick<ChangeLine, 'field' | 'class' | 'old' | 'new' | 'whole'>

/** A first version changes nothing: each of its features is a line. */
const firstLines = (version: VersionResource): Change[] =>
  version.features.map((feature) => ({
    field: `features.${feature.name}`,
    class: 'info',
    old: null,
    new: [feature.type, feature.contract ? contractWords(feature.contract) : '', feature.description]
      .filter((part) => part !== '')
      .join(' · '),
    whole: feature,
  }))

/** The line that a thread stands at: its own field, else the feature that the field is of. */
function lineOf(field: string, lines: ReadonlySet<string>): string {
  if (lines.has(field)) return field
  const [head, name] = field.split('.')
  const feature = `${head}.${name}`
  return head === 'features' && lines.has(feature) ? feature : ''
}

export interface Discussion {
  lines: ChangeLine[]
  /** Threads on the whole change, and at lines that it does not change. */
  rest: ThreadResource[]
}

/** The lines of a change with their threads. */
export function discussionOf(
  version: VersionResource,
  diff: DiffResource | null,
  threads: readonly ThreadResource[],
  blamed: readonly BlamedField[],
): Discussion {
  const changes: readonly Change[] = diff ? diff.changes : firstLines(version)
  const fields = new Set(changes.map(({ field }) => field))
  const at = (field: string) => threads.filter((thread) => lineOf(thread.field, fields) === field)
  const blames = new Map(blamed.map((one) => [one.field, one]))
  return {
    lines: changes.map((change) => ({
      field: change.field,
      class: change.class,
      old: change.old,
      new: change.new,
      ...(change.whole === undefined ? {} : { whole: change.whole }),
      blame: blames.get(change.field) ?? null,
      threads: at(change.field),
    })),
    rest: at(''),
  }
}

/** Every line that can be spoken of and is not in the change. */
export function otherFields(version: VersionResource, lines: readonly ChangeLine[]): string[] {
  const taken = new Set(lines.map(({ field }) => field))
  const all = [
    'description',
    'ttl',
    'source_delay',
    'allowed_skew',
    'online',
    ...(version.transformation ? ['transformation'] : []),
    ...version.features.map(({ name }) => `features.${name}`),
  ]
  return all.filter((field) => !taken.has(field))
}
