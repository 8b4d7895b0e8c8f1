import { describe, expect, it } from 'vitest'
import { type UsableAsset, usableSelection } from './asset'
import { languagesOf, snippet } from './snippets'

const asset: UsableAsset = {
  group: 'route_delays',
  version: 2,
  promoted: true,
  keys: [
    { name: 'origin', type: 'string' },
    { name: 'flight', type: 'int64' },
  ],
  timestampKey: 'window_end',
  online: true,
  features: [{ name: 'mean_delay', type: 'float64' }],
}
const input = {
  asset,
  origin: 'https://almanac.example',
  environment: 'prod',
  example: { values: ["O'Hare", '7'], eventTime: '2026-03-01T00:00:00.000000Z' },
}

describe('snippet', () => {
  it('writes texts and numbers as the language reads them', () => {
    expect(snippet('Python', input)).toContain('"origin": ["O\'Hare"],\n    "flight": [7]')
    expect(snippet('Python', input)).toContain('"metadata": True')
    expect(snippet('TypeScript', input)).toContain('"metadata": true')
    expect(snippet('SQL', input)).toContain(`WHERE "origin" = 'O''Hare' AND "flight" = 7`)
  })

  it('names the environment to the Python client where it is not prod', () => {
    expect(snippet('Python client', input)).toContain(
      'entity_key={\n  "origin": "O\'Hare",\n  "flight": 7\n}',
    )
    expect(snippet('Python client', input)).not.toContain('environment=')
    expect(snippet('Python client', { ...input, environment: 'dev' })).toContain('environment="dev")')
  })

  it('closes and opens the quotes of the shell around a quote', () => {
    expect(snippet('cURL', input)).toContain(`"origin": ["O'\\''Hare"]`)
  })

  it('leaves integers that a double does not hold as texts, which the interface takes exactly', () => {
    const example = { ...input.example, values: ['ORD', '9007199254740993'] }
    expect(snippet('TypeScript', { ...input, example })).toContain('"flight": ["9007199254740993"]')
  })

  it('names the version only where the environment serves another', () => {
    expect(snippet('cURL', input)).toContain('"route_delays:mean_delay"')
    expect(snippet('cURL', { ...input, asset: { ...asset, promoted: false } })).toContain(
      '"route_delays@2:mean_delay"',
    )
  })

  it('reads only the history of what is not served online', () => {
    const offline = { ...input, asset: { ...asset, online: false } }
    for (const language of languagesOf(offline)) {
      const text = snippet(language, offline)
      expect(text).not.toMatch(/online.features/)
    }
  })

  it('reads the whole history with Spark, in the asset’s names', () => {
    const text = snippet('Spark', input)
    expect(text).toContain(`/feature-groups/${asset.group}/training-data?environment=prod`)
    for (const { name } of [...asset.keys, ...asset.features]) expect(text).toContain(`"${name}"`)
    expect(text).toContain(`orderBy(history["${asset.timestampKey}"].desc())`)
  })

  it('offers Feast where its SDK can ask, with types of its own', () => {
    expect(languagesOf(input)).toContain('Feast')
    expect(languagesOf({ ...input, environment: 'dev' })).not.toContain('Feast')
    expect(languagesOf({ ...input, asset: { ...asset, promoted: false } })).not.toContain('Feast')
    const text = snippet('Feast', input)
    expect(text).toContain('from feast.types import Float64, Int64, String')
    expect(text).toContain('Entity(name="flight", join_keys=["flight"], value_type=ValueType.INT64)')
    expect(text).toContain('features = ["route_delays:mean_delay"]')
  })

  it('puts the names of the keys where no example is known', () => {
    expect(snippet('cURL', { ...input, example: null })).toContain('"origin": ["<origin>"]')
  })
})

describe('the code of several groups', () => {
  const groups = [
    { ...asset, keys: [{ name: 'origin', type: 'string' }] },
    {
      ...asset,
      group: 'weather',
      keys: [
        { name: 'origin', type: 'string' },
        { name: 'hour', type: 'int64' },
      ],
    },
  ]
  const example = { values: ['ORD', '7'], eventTime: '2026-03-01T00:00:00.000000Z' }

  it('asks for all features by all keys, with full names where two are called alike', () => {
    const references = ['route_delays:mean', 'weather:mean']
    const of = usableSelection('basket', { features: references }, groups)
    const read = { ...input, asset: of, example }
    expect(languagesOf(read)).toEqual(['Python', 'Python client', 'TypeScript', 'cURL'])
    expect(snippet('cURL', read)).toContain('"origin": ["ORD"],\n    "hour": [7]')
    expect(snippet('cURL', read)).toContain('"full_feature_names": true')
    expect(snippet('Python client', read)).toContain('}, full_feature_names=True))')
    const apart = usableSelection('basket', { features: ['route_delays:mean', 'weather:wind'] }, groups)
    expect(snippet('cURL', { ...read, asset: apart })).not.toContain('full_feature_names')
  })

  it('names a service where there is one', () => {
    const of = usableSelection('delays', { feature_service: 'delays' }, groups)
    const read = { ...input, asset: of, example }
    expect(snippet('Python', read)).toContain('"feature_service": "delays"')
    expect(snippet('Python client', read)).toContain(
      'get_online_features(feature_service="delays", entity_key=',
    )
    expect(snippet('Python client', read)).not.toContain('features =')
    const kept = usableSelection('delays', { feature_service: 'delays' }, [{ ...asset, online: false }])
    expect(snippet('TypeScript', { ...read, asset: kept })).not.toContain('/online-features')
  })
})
