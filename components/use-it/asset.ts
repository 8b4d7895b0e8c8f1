/** Several groups read at once: by a service's name, or feature by feature. */
export interface Selection {
  reads: { features: readonly string[] } | { feature_service: string }
  /** Two features are called alike, so that answers name the group too. */
  fullNames: boolean
  /** Where a key that exists is looked up. */
  groups: readonly Pick<UsableAsset, 'group' | 'version' | 'keys' | 'timestampKey'>[]
}

/** A version that the asset reads and whose sunset has passed. */
export interface Ended {
  name: string
  since: string
  /** Until when its reader reads on all the same: by a key of theirs, for themselves, or as everybody. */
  grace: { of: 'all' | 'person' | 'key'; name: string; until: string } | null
  /** `group` or `group@n`. */
  replacement: string | null
}

/** What is needed to read an asset from elsewhere; of a selection `group` is its name and `keys` are those of all groups. */
export interface UsableAsset {
  selection?: Selection
  group: string
  version: number
  /** The environment serves this version to references without a version. */
  promoted: boolean
  keys: readonly { name: string; type: string }[]
  timestampKey: string
  online: boolean
  /** Features to read, without labels; the first few stand in the code. */
  features: readonly { name: string; type: string }[]
  ended?: readonly Ended[]
  /** What takes the place of an ended version, where it can be read. */
  successor?: UsableAsset | null
}

/** A key that exists: values as texts in the order of the keys, and the event time of its row. */
export interface ExampleKey {
  values: readonly string[]
  eventTime: string
}

export const shownFeatures = 5

/** Whole columns in code help nobody: the first five, as they are addressed. */
export const referencesOf = ({ group, version, promoted, features }: UsableAsset): string[] =>
  features.slice(0, shownFeatures).map(({ name }) => `${promoted ? group : `${group}@${version}`}:${name}`)

/** Stands in code where no example is known. */
export const placeholders = ({ keys }: UsableAsset): string[] => keys.map(({ name }) => `<${name}>`)

const namesAlike = (references: readonly string[]): boolean => {
  const names = references.map((reference) => reference.slice(reference.indexOf(':') + 1))
  return new Set(names).size < names.length
}

/** Features of several groups as one asset that code can read. */
export function usableSelection(
  name: string,
  reads: Selection['reads'],
  groups: readonly (Selection['groups'][number] & {
    online: boolean
    ended?: Ended | readonly Ended[] | null
  })[],
): UsableAsset {
  const keys = new Map(groups.flatMap((group) => group.keys.map((key) => [key.name, key])))
  return {
    selection: { reads, groups, fullNames: 'features' in reads && namesAlike(reads.features) },
    group: name,
    version: 1,
    promoted: true,
    keys: [...keys.values()],
    timestampKey: 'event_timestamp',
    online: groups.length > 0 && groups.every(({ online }) => online),
    features: [],
    ended: groups.flatMap(({ ended }) => ended ?? []),
  }
}

/** The members of a request's body that say what is read. */
export function readsOf(
  asset: UsableAsset,
): { features: string[]; full_feature_names?: boolean } | { feature_service: string } {
  const { selection } = asset
  if (!selection) return { features: referencesOf(asset) }
  if ('feature_service' in selection.reads) return { feature_service: selection.reads.feature_service }
  return {
    features: [...selection.reads.features],
    ...(selection.fullNames ? { full_feature_names: true } : {}),
  }
}

/** Whose code is offered: never that of reads which are refused. What takes its place comes first. */
export function offeredAssets(asset: UsableAsset): UsableAsset[] {
  const { ended = [], successor } = asset
  const isRead = ended.every(({ grace }) => grace !== null)
  return [...(successor ? [successor] : []), ...(isRead ? [asset] : [])]
}
