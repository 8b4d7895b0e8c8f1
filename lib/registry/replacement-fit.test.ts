import { describe, expect, it } from 'vitest'
import { replacementFit, type Side } from './replacement-fit'

const feature = (name: string, type = 'float64', role: 'feature' | 'label' = 'feature') => ({
  name,
  type,
  role,
})

const side = (name: string, more: Partial<Side> = {}): Side => ({
  name,
  entity: 'buoy',
  keys: [{ name: 'buoy_id', type: 'int64' }],
  features: [feature('water'), feature('waves', 'int64')],
  environments: ['prod'],
  ...more,
})

describe('replacementFit', () => {
  it('has nothing to say of a like for a like', () => {
    expect(replacementFit(side('a@1'), side('a@2'))).toEqual({ refused: null, warnings: [] })
  })

  it('warns of other keys, another entity, lost and retyped features, and environments', () => {
    const airports = side('airports@1', {
      entity: 'airport',
      keys: [{ name: 'origin', type: 'string' }],
      features: [feature('delay')],
    })
    expect(replacementFit(side('a@1'), airports)).toEqual({
      refused: null,
      warnings: [
        'Readers must ask with other keys: origin string instead of buoy_id int64.',
        'It has none of its features by name.',
      ],
    })
    expect(replacementFit(side('a@1'), side('b@1', { entity: 'ship' })).warnings).toEqual([
      'It describes ship, not buoy.',
    ])
    const partly = side('b@1', { features: [feature('water', 'float32')], environments: ['prod'] })
    const old = side('a@1', { environments: ['dev', 'prod'] })
    expect(replacementFit(old, partly).warnings).toEqual([
      'It lacks 1 of 2 features: waves.',
      'It has other types for water (float32, not float64).',
      'It is not served in dev.',
    ])
  })

  it('refuses what nobody could read instead', () => {
    const labels = side('labels@1', { features: [feature('water', 'bool', 'label')] })
    expect(replacementFit(side('a@1'), labels).refused).toContain('labels alone')
    expect(replacementFit(labels, side('b@1')).refused).toBeNull()
    const elsewhere = side('b@1', { environments: ['dev'] })
    expect(replacementFit(side('a@1'), elsewhere).refused).toBe(
      'b@1 is served in dev alone; readers of a@1 are in prod.',
    )
  })
})
