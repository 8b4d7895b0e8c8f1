import { describe, expect, it } from 'vitest'
import { expiryInstant, limitsSentence } from './key-words'

const open = { scopes: [], environments: [], groups: [] }

describe('limitsSentence', () => {
  it('says whose rights an unlimited key has', () => {
    expect(limitsSentence(open, 'Mara Voss')).toBe('do everything that Mara Voss may')
  })

  it('names actions, groups and environments', () => {
    const limits = {
      scopes: ['group:read_online', 'group:read_offline'],
      groups: ['route_delays'],
      environments: ['dev', 'prod'],
    }
    expect(limitsSentence(limits, 'you')).toBe(
      'read online features and read historical features, on route_delays alone, in dev and prod alone',
    )
  })

  it('keeps a scope that it does not know', () => {
    expect(limitsSentence({ ...open, scopes: ['some:thing'] }, 'you')).toBe('some:thing')
  })
})

describe('expiryInstant', () => {
  const now = new Date('2026-11-23T07:00:00Z')

  it('counts days from now', () => {
    expect(expiryInstant('30', '', now)).toBe('2026-12-23T07:00:00.000Z')
  })

  it('takes the first moment of a date, and nothing for never', () => {
    expect(expiryInstant('date', '2027-01-31', now)).toBe('2027-01-31T00:00:00Z')
    expect(expiryInstant('never', '2027-01-31', now)).toBeNull()
  })
})
