import { describe, expect, it } from 'vitest'
import { featureColumns } from '@/components/forms/feature-grid'
import { newRow } from '@/components/forms/grid-model'
import type { InferenceResource } from '@/lib/catalog/operations'
import { emptyDefinition, fromInference, proposedNames, toBody, withRoles } from './definition'

const columns = featureColumns(
  ['float64', 'int64', 'string'],
  ['public', 'internal', 'confidential', 'restricted'],
)

const statistics = {
  nulls: 0,
  nan: 0,
  distinct: 2,
  min: 1,
  max: 2,
  mean: 1.5,
  standard_deviation: 0.5,
  quantiles: null,
  histogram: null,
  top: [],
  trues: null,
}
const column = (name: string, type: string, role: 'key' | 'timestamp' | 'feature', sensitive = false) => ({
  column: name.toUpperCase(),
  name,
  type,
  role,
  examples: [],
  statistics,
  sensitive: sensitive
    ? {
        kind: 'e-mail address',
        tag: 'pii' as const,
        reason: 'values',
        classification: 'confidential' as const,
      }
    : null,
})

const inferred: InferenceResource = {
  rows: 2,
  definition: {
    name: null,
    description: '',
    entity: { name: 'quality', keys: [{ name: 'quality', type: 'string' }] },
    primary_key: ['quality'],
    timestamp_key: 'measured_at',
    features: [],
  },
  columns: [
    column('quality', 'string', 'key'),
    column('buoy_id', 'int64', 'feature'),
    column('measured_at', 'timestamp', 'timestamp'),
    column('temp', 'float64', 'feature'),
    column('crew_email', 'string', 'feature', true),
  ],
  key_candidates: [['quality']],
  similar: [],
  notes: [],
}

const filled = () => fromInference(inferred, 'Reef Buoys.csv', columns, emptyDefinition('growth'))

describe('fromInference', () => {
  it('names the group after the file and makes every other column a feature', () => {
    const definition = filled()
    expect(definition.name).toBe('reef_buoys')
    expect(definition.features.map((row) => row.cells.name)).toEqual(['buoy_id', 'temp', 'crew_email'])
    expect(definition.features[0]?.cells.source).toBe('BUOY_ID')
    expect(definition.keys).toEqual([{ name: 'quality', type: 'string', source: 'QUALITY' }])
    expect(definition.timestampSource).toBe('MEASURED_AT')
  })

  it('proposes what looks sensitive as confidential', () => {
    expect(filled().features.at(-1)?.cells.classification).toBe('confidential')
    expect(toBody(filled(), []).features.map((feature) => 'classification' in feature)).toEqual([
      false,
      false,
      true,
    ])
  })
})

describe('withRoles and what was corrected before', () => {
  it('keeps renamed features, those that were removed, and a renamed event time', () => {
    const before = filled()
    const corrected = {
      ...before,
      timestampKey: 'seen_at',
      features: before.features
        .filter((row) => row.cells.name !== 'crew_email')
        .map((row) =>
          row.cells.name === 'temp' ? { ...row, cells: { ...row.cells, name: 'temperature' } } : row,
        ),
    }
    const names = proposedNames(corrected, inferred)
    expect(names).toEqual({ keys: ['quality'], timestampKey: 'measured_at' })
    const after = withRoles(corrected, inferred, columns, { ...names, keys: ['buoy_id'] })
    expect(after.features.map((row) => row.cells.name)).toEqual(['quality', 'temperature'])
    expect([after.timestampKey, after.timestampSource]).toEqual(['seen_at', 'MEASURED_AT'])
  })

  it('keeps what was typed before a file was dropped', () => {
    const typed = [
      newRow(columns, { name: 'temp', description: 'Celsius.' }),
      newRow(columns, { name: 'by_hand' }),
    ]
    const { features } = fromInference(inferred, 'b.csv', columns, {
      ...emptyDefinition('growth'),
      features: typed,
    })
    expect(features.map(({ cells }) => [cells.name, cells.source ?? ''])).toEqual([
      ['buoy_id', 'BUOY_ID'],
      ['temp', 'TEMP'],
      ['crew_email', 'CREW_EMAIL'],
      ['by_hand', ''],
    ])
    expect(features[1]?.cells.description).toBe('Celsius.')
  })
})

describe('withRoles', () => {
  it('moves the old key to the features, keeps what was typed, and names the entity anew', () => {
    const before = filled()
    const typed = {
      ...before,
      features: before.features.map((row) =>
        row.cells.name === 'temp' ? { ...row, cells: { ...row.cells, description: 'Celsius.' } } : row,
      ),
    }
    const after = withRoles(typed, inferred, columns, { keys: ['buoy_id'], timestampKey: 'measured_at' })
    expect(after.keys).toEqual([{ name: 'buoy_id', type: 'int64', source: 'BUOY_ID' }])
    expect(after.entity).toBe('buoy')
    expect(after.features.map((row) => row.cells.name)).toEqual(['quality', 'temp', 'crew_email'])
    expect(after.features[1]?.cells.description).toBe('Celsius.')
  })
})

describe('toBody', () => {
  it('names a known entity and describes a new one', () => {
    const definition = { ...filled(), entity: 'quality' }
    expect(toBody(definition, ['quality']).entity).toBe('quality')
    expect(toBody(definition, []).entity).toEqual({
      name: 'quality',
      keys: [{ name: 'quality', type: 'string' }],
    })
  })

  it('states a feature’s classification only when it is stricter than the group’s', () => {
    const definition = { ...filled(), classification: 'restricted' }
    expect(toBody(definition, []).features.every((feature) => !('classification' in feature))).toBe(true)
  })
})
