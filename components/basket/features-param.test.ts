import { describe, expect, it } from 'vitest'
import { basketHref } from './compared'
import { featuresParam } from './features-param'

describe('the features of an address', () => {
  it('are read as they are written, each once, up to a number', () => {
    const features = ['route_delays:mean', 'airports@2:size']
    const href = basketHref(features, 'staging')
    expect(href).toBe('/basket?features=route_delays:mean,airports@2:size&environment=staging')
    const written = new URL(href, 'http://portal').searchParams.get('features') ?? ''
    expect(featuresParam(written, 9)).toEqual(features)
    expect(featuresParam(['a:b,a:b', ' c:d ', 'e:f'], 2)).toEqual(['a:b', 'c:d'])
  })

  it('are none where nothing is named that could be one', () => {
    for (const value of [undefined, '', 'a', 'a:b:c', '<script>', 'a@0:b', 'a:\u0000'])
      expect(featuresParam(value, 9)).toBeNull()
    expect(basketHref([], 'prod')).toBe('/basket')
  })
})
