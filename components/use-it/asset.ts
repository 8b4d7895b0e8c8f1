/** What is needed to read an asset from elsewhere. */
export interface UsableAsset {
  group: string
  version: number
  /** The environment serves this version to references without a version. */
  promoted: boolean
  keys: readonly { name: string; type: string }[]
  timestampKey: string
  online: boolean
  /** Features to read, without labels; the first few stand in the code. */
  features: readonly { name: string; type: string }[]
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
