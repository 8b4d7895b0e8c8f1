import type { CompleteAsset } from './operations'

const rooms: Record<Exclude<CompleteAsset['kind'], 'feature'>, string> = {
  group: 'groups',
  service: 'services',
  entity: 'entities',
  source: 'sources',
  dataset: 'datasets',
}

/** The page where what is missing is filled in. */
export function hrefOf({ kind, name }: CompleteAsset, item: string, team: string): string {
  const [group = ''] = name.split(':')
  if (kind === 'feature') return `/groups/${encodeURIComponent(group)}/new-version`
  const page = `/${rooms[kind]}/${encodeURIComponent(name)}`
  if (item === 'documentation') return `${page}#documentation`
  if (item === 'example' || item === 'failing_example') return `${page}#examples`
  if (item === 'owner') return `/settings/teams?team=${encodeURIComponent(team)}`
  if (kind === 'dataset') return `/datasets/new?name=${encodeURIComponent(name)}`
  if (kind !== 'group') return `${page}/edit`
  if (item === 'contract') return `${page}/contract`
  return item === 'feature_descriptions' || item === 'feature_terms' ? `${page}/new-version` : `${page}/edit`
}
