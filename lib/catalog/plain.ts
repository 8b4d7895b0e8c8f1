export const facetNames = [
  'kind',
  'team',
  'entity',
  'domain',
  'type',
  'tag',
  'lifecycle',
  'classification',
  'certified',
] as const
