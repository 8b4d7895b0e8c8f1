import type { AssetKind } from './asset-href'

export const kindPlural: Record<AssetKind, string> = {
  feature: 'Features',
  group: 'Feature groups',
  service: 'Feature services',
  entity: 'Entities',
  source: 'Sources',
  dataset: 'Training datasets',
}
