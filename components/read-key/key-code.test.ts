import { describe, expect, it } from 'vitest'
import { entitiesOf, keyCode } from './key-code'

const keys = [
  { name: 'origin', type: 'string' },
  { name: 'flight', type: 'int64' },
]

describe('keyCode', () => {
  it('reads one key by its address', () => {
    const call = { url: "https://almanac.example/api/v1/feature-groups/g/online/O'Hare/7", body: null }
    expect(keyCode('cURL', call)).toBe(
      `curl 'https://almanac.example/api/v1/feature-groups/g/online/O'\\''Hare/7' \\\n  -H "Authorization: Bearer $ALMANAC_KEY"`,
    )
    expect(keyCode('Python', call)).toContain(
      '"https://almanac.example/api/v1/feature-groups/g/online/O\'Hare/7",',
    )
    expect(keyCode('Python', call)).not.toContain('data=')
  })

  it('sends a service and its keys, integers that a double does not hold as texts', () => {
    const body = {
      feature_service: 's',
      entities: entitiesOf(keys, ["O'Hare", '9007199254740993']),
      metadata: true,
    }
    const call = { url: 'https://almanac.example/api/v1/online-features', body }
    expect(keyCode('cURL', call)).toContain(`"flight": ["9007199254740993"]`)
    expect(keyCode('cURL', call)).toContain(`["O'\\''Hare"]`)
    expect(keyCode('Python', call)).toContain('"metadata": True')
  })
})
