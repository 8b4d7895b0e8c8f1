import { describe, expect, it } from 'vitest'
import { actOutcome } from './act-outcome'

const key = (more: { before?: unknown; after?: unknown; verdict?: 'allow' | 'deny' }) =>
  actOutcome({ verdict: 'allow', before: null, after: null, resource: { kind: 'key' }, ...more })

describe('actOutcome', () => {
  it('tells a revoked key from a new one', () => {
    expect(key({ before: { id: '1' } })).toBe('revoked')
    expect(key({ after: { id: '1' } })).toBeNull()
    expect(key({ before: { id: '1' }, after: { id: '1' } })).toBe('changed')
  })

  it('says nothing came of a refusal', () => {
    expect(key({ before: { id: '1' }, verdict: 'deny' })).toBeNull()
  })

  it('calls what is gone removed', () => {
    const gone = { verdict: 'allow' as const, before: {}, after: null, resource: { kind: 'group' } }
    expect(actOutcome(gone)).toBe('removed')
  })
})
