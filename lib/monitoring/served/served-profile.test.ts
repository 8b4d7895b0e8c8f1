import { describe, expect, it } from 'vitest'
import { freezeNumeric } from '../distances/profile'
import { listed, servedProfile } from './served-profile'

const frame = freezeNumeric(Float64Array.of(1, 2, 3))

describe('a profile of what was served', () => {
  it('reads numbers of every type', () => {
    const texts = ['1', '2.5', 'null', '"NaN"', '"-Infinity"', '"9007199254740993"', '"1.20"']
    expect(servedProfile({ kind: 'numeric', basis: { frame } }, texts)).toMatchObject({
      rows: 7,
      missing: 2,
      infinite: 1,
      counts: [1, 0, 0, 3],
      max: 9007199254740992,
    })
  })

  it('counts lists by their length, truth values, and what is only there or not', () => {
    expect(servedProfile({ kind: 'length', basis: { frame } }, ['[]', '["a","b"]', 'null'])).toMatchObject({
      missing: 1,
      mean: 1,
    })
    expect(servedProfile({ kind: 'boolean', basis: null }, ['true', 'false', 'null'])).toEqual({
      kind: 'boolean',
      rows: 3,
      missing: 1,
      trues: 1,
    })
    expect(servedProfile({ kind: 'presence', basis: null }, ['"2026-01-01"', 'null'])).toMatchObject({
      missing: 1,
      trues: 1,
    })
  })

  it('lists the reference’s texts and fifty others', () => {
    const texts = ['"a"', '"a"', 'null', ...Array.from({ length: 60 }, (_, i) => `"x${i}"`)]
    const profile = servedProfile({ kind: 'categorical', basis: { values: ['a', 'b'] } }, texts)
    if (profile.kind !== 'categorical') throw new Error(profile.kind)
    expect(profile).toMatchObject({ rows: 63, missing: 1, other: 10 })
    expect(profile.values).toHaveLength(51)
    expect(profile.values[0]).toEqual(['a', 2])
    expect(listed(profile, ['a'])).toEqual(profile)
  })

  it('shortens long texts as the history’s windows do', () => {
    const long = 'é'.repeat(300)
    const profile = servedProfile({ kind: 'categorical', basis: { values: [] } }, [JSON.stringify(long)])
    if (profile.kind !== 'categorical') throw new Error(profile.kind)
    expect(profile.values[0]?.[0]).toMatch(/^é{200}… [0-9a-f]{32}$/)
  })
})
