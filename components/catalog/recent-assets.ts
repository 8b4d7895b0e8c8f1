import { listOf, objectOf, oneOf, readKept, text } from '@/components/forms/kept'
import { type AssetKind, assetHref } from './asset-href'

export interface RecentAsset {
  kind: AssetKind
  name: string
}

const kinds = ['group', 'feature', 'service', 'entity', 'source', 'dataset'] as const
const kept = readKept(listOf(objectOf({ kind: oneOf(kinds), name: text })))
const most = 6
const longestName = 300

/** The asset whose own page an address is; null for lists, forms and everything else. */
export function assetOfPath(pathname: string): RecentAsset | null {
  const parts = pathname.split('/').slice(1).map(decodeURIComponent)
  const [room, name, part, feature] = parts
  if (!room || !name) return null
  const found: RecentAsset[] =
    room === 'groups' && part === 'features' && feature
      ? [{ kind: 'feature', name: `${name}:${feature}` }]
      : []
  if (parts.length === 2) found.push(...kinds.map((kind) => ({ kind, name })))
  return found.find((one) => assetHref(one.kind, one.name) === pathname) ?? null
}

/** The newest first, each once. */
export const withRecent = (recent: readonly RecentAsset[], asset: RecentAsset): RecentAsset[] =>
  [asset, ...recent.filter(({ kind, name }) => kind !== asset.kind || name !== asset.name)].slice(0, most)

// Of each person apart: one browser may serve several.
const keyOf = (person: string) => `almanac.recent.${person}`

/** What this person opened last in this browser; nothing where the browser keeps nothing. */
export function readRecent(person: string): RecentAsset[] {
  try {
    const found = kept(JSON.parse(localStorage.getItem(keyOf(person)) ?? '[]')) ?? []
    return found.filter(({ name }) => name !== '' && name.length <= longestName).slice(0, most)
  } catch {
    return []
  }
}

export function rememberRecent(person: string, asset: RecentAsset): void {
  try {
    localStorage.setItem(keyOf(person), JSON.stringify(withRecent(readRecent(person), asset)))
  } catch {
    // A browser that keeps nothing has no recent assets; nothing else depends on them.
  }
}
