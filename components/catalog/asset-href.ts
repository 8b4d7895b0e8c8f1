export type AssetKind = 'group' | 'feature' | 'service' | 'entity' | 'source' | 'dataset'

const rooms: Record<Exclude<AssetKind, 'feature'>, string> = {
  group: 'groups',
  service: 'services',
  entity: 'entities',
  source: 'sources',
  dataset: 'datasets',
}

/** The page of an asset by its kind and full name; a feature's name is `group:feature`. */
export function assetHref(kind: AssetKind, name: string): string {
  if (kind === 'feature') {
    const [group = '', feature = ''] = name.split(':')
    return `/groups/${encodeURIComponent(group)}/features/${encodeURIComponent(feature)}`
  }
  const room = rooms[kind]
  return `/${room}/${encodeURIComponent(name)}`
}
