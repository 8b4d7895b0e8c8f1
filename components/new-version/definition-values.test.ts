import { describe, expect, it } from 'vitest'
import { group as one } from '@/components/register/testing'
import { definitionBody, testNames, testsFault, valuesOfDefinition } from './definition-values'

const transformation = {
  sql: 'select *\nfrom flights',
  inputs: ['flights', 'airports'],
  schedule: '0 1 * * *',
  on_new_data: false,
  interval: 'P1D',
  tests: [{ name: 'one flight', inputs: { flights: [{ n: 12345678901234567890n }] }, expect: [] }],
}
const group = {
  ...one,
  entity: 'route',
  primary_key: ['origin', 'destination'],
  ttl: 'P30D',
  online: true,
  source: { kind: 'file', name: 'flights' },
  transformation,
}
const base = valuesOfDefinition(group)
const body = (part: Record<string, string>) => definitionBody({ ...base, ...part }, base)

describe('what a version fixes beside its features', () => {
  it('is sent where it differs alone', () => {
    expect(body({})).toEqual({})
    expect(body({ primary_key: 'destination, origin' })).toEqual({ primary_key: ['destination', 'origin'] })
    expect(body({ timestamp_key: 'closed_at' })).toEqual({ timestamp_key: 'closed_at' })
    expect(body({ ttl: ' ' })).toEqual({ ttl: null })
    expect(body({ online: 'false', source: 'push' })).toEqual({ online: false, source: 'push' })
  })

  it('takes a transformation whole, with each digit of its tests', () => {
    const changed = body({ 'transformation.lookback': 'P28D' })
    expect(changed).toEqual({ transformation: { ...transformation, lookback: 'P28D' } })
    expect(body({ 'transformation.on_new_data': 'true', 'transformation.schedule': '' })).toMatchObject({
      transformation: { on_new_data: true, inputs: ['flights', 'airports'] },
    })
    expect(body({ 'transformation.schedule': '' }).transformation).not.toHaveProperty('schedule')
    expect(body({ 'transformation.sql': '  ' })).toEqual({ transformation: null })
  })

  it('leaves a source alone that was stated in place, and what an older draft does not hold', () => {
    const stated = valuesOfDefinition({ ...one, source: { kind: 'file', path: 'a.csv' } })
    expect(stated.source).toBe('')
    expect(definitionBody({ ...stated, source: 'flights' }, stated)).toEqual({ source: 'flights' })
    expect(definitionBody({ ttl: 'P1D' }, base)).toEqual({ ttl: 'P1D' })
  })

  it('says where tests are no JSON, and names those that are', () => {
    expect(testNames(base['transformation.tests'])).toEqual(['one flight'])
    expect(testsFault(base['transformation.tests'])).toBeUndefined()
    expect(testsFault('')).toBeUndefined()
    expect(testsFault('[{')).toMatch(/line 1/)
    expect(testNames('[{')).toEqual([])
  })
})
