import type { FollowedKind } from '@/lib/notify/operations'

interface NamedAsset {
  kind: FollowedKind
  name: string
}

const rooms: Readonly<Record<string, FollowedKind>> = {
  groups: 'group',
  services: 'service',
  entities: 'entity',
  sources: 'source',
  datasets: 'dataset',
}

const decoded = (part: string): string | null => {
  try {
    return decodeURIComponent(part)
  } catch {
    return null
  }
}

/** The assets that a path of the portal names, the closest first: a feature before its group. */
export function assetsOfPath(path: string): NamedAsset[] {
  const [room = '', name, part, feature] = path.split('/').slice(1).map(decoded)
  const kind = room === null || !Object.hasOwn(rooms, room) ? undefined : rooms[room]
  if (!kind || !name) return []
  const whole: NamedAsset = { kind, name }
  return kind === 'group' && part === 'features' && feature
    ? [{ kind: 'feature', name: `${name}:${feature}` }, whole]
    : [whole]
}
