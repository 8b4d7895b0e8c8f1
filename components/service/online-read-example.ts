import type { ServiceResource } from '@/lib/registry/operations'

/** A request that reads this service for keys that the reader fills in. */
export const onlineReadExample = (service: Pick<ServiceResource, 'name'>): string =>
  [
    'curl -s "$ALMANAC_URL/api/v1/online-features" \\',
    '  -H "Authorization: Bearer $ALMANAC_KEY" -H "Content-Type: application/json" \\',
    `  -d '{"feature_service": "${service.name}", "metadata": true, "entities": {"<join key>": ["<key>"]}}'`,
  ].join('\n')
