import { expect, it } from 'vitest'
import { goesOn } from './goes-on'

const deprecation = {
  reason: 'Replaced.',
  replacement: 'route_delays@3',
  deprecated_at: '2026-01-01T00:00:00Z',
  sunset_at: null,
}
const group = (state: 'active' | 'deprecated', versions: Parameters<typeof goesOn>[0]['versions']) => ({
  name: 'delays',
  version: versions.at(-1)?.version ?? 1,
  state,
  versions,
})
const active = (version: number) => ({ version, state: 'active' as const, deprecation: null })
const ended = (version: number, of: typeof deprecation | null = deprecation) => ({
  version,
  state: 'deprecated' as const,
  deprecation: of,
})

it('is quiet about a version that is served, and tells of a newer one', () => {
  expect(goesOn(group('active', [active(1)]), 1)).toBeNull()
  expect(goesOn(group('active', [active(1), active(2)]), 1)?.to).toBe('delays@2')
  expect(goesOn(group('active', [active(1)]), 7)).toBeNull()
})

it('offers what its owner named instead of a deprecated one, else the version that is served', () => {
  expect(goesOn(group('deprecated', [ended(1)]), 1)).toMatchObject({ to: 'route_delays@3' })
  expect(goesOn(group('deprecated', [ended(1)]), 1)?.text).toContain('delays@1 is deprecated')
  expect(goesOn(group('active', [ended(1, null), active(2)]), 1)?.to).toBe('delays@2')
  expect(goesOn(group('deprecated', [ended(1, null)]), 1)?.to).toBeNull()
})
