import type { ExampleAsset } from '@/lib/examples/operations'

type Reads = 'online' | 'historical'

/** A request to begin with, for the asset; keys and times are for its author to fill in. */
export function firstRequest(asset: ExampleAsset, reads: Reads, features: readonly string[]): string {
  const asked =
    asset.kind === 'service' ? { feature_service: asset.name } : { features: features.slice(0, 3) }
  const rest =
    reads === 'online'
      ? { entities: { key_column: ['a key'] } }
      : { spine: { rows: [{ key_column: 'a key', event_timestamp: '2026-01-01T00:00:00Z' }] } }
  return JSON.stringify({ ...asked, ...rest }, null, 2)
}

/** The object that a text holds; null when it is none. */
export function requestOf(text: string): Record<string, unknown> | null {
  try {
    const parsed: unknown = JSON.parse(text)
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return null
    return Object.fromEntries(Object.entries(parsed))
  } catch {
    return null
  }
}
