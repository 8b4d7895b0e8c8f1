import { describe, expect, it } from 'vitest'
import { type Change, changeWords } from './change-words'

const of = (change: Partial<Change>): string => {
  const { before, after } = changeWords({
    action: 'group:create',
    version: null,
    revision: null,
    state: null,
    was: null,
    environment: null,
    contract: null,
    ...change,
  })
  return `${before} x ${after}`.trim()
}

describe('changeWords', () => {
  it('tells a new version from a revision and from a change of text', () => {
    expect(of({ action: 'group:update' })).toBe('changed x')
    expect(of({ action: 'group:update', version: 2, revision: 1 })).toBe('added version 2 of x')
    expect(of({ action: 'group:update', version: 1, revision: 3 })).toBe('revised version 1 of x')
    expect(of({ action: 'service:update', version: 2 })).toBe('added version 2 of x')
    expect(of({ action: 'group:update', version: 1, contract: 2 })).toBe('proposed contract 2 of x')
    expect(of({ action: 'group:update', contract: 2, state: 'withdrawn' })).toBe('withdrew contract 2 of x')
  })

  it('reads from the state what an act on a version did', () => {
    expect(of({ action: 'version:approve', version: 1, state: 'active' })).toBe('approved version 1 of x')
    expect(of({ action: 'version:approve', version: 1, state: 'draft' })).toBe('sent back version 1 of x')
    expect(of({ action: 'version:approve', version: 1, state: 'archived' })).toBe('rejected version 1 of x')
    expect(of({ action: 'version:submit', version: 1, state: 'draft' })).toBe('withdrew version 1 of x')
    expect(of({ action: 'group:update', version: 2, revision: 1, was: 'in_review' })).toBe(
      'edited version 2 of x',
    )
    expect(of({ action: 'version:deprecate', version: 1, state: 'deprecated' })).toBe(
      'deprecated version 1 of x',
    )
    expect(of({ action: 'version:deprecate', version: 1, state: 'active' })).toBe('restored version 1 of x')
    const archived = { action: 'version:deprecate', version: 1, state: 'archived', was: 'active' }
    expect(of(archived)).toBe('archived version 1 of x')
    expect(of({ ...archived, state: 'deprecated', was: 'archived' })).toBe('restored version 1 of x')
    expect(of({ action: 'service:update', state: 'archived', was: 'active' })).toBe('archived x')
    expect(of({ action: 'service:update', state: 'active', was: 'archived' })).toBe('restored x')
  })

  it('names the environment of a promotion', () => {
    expect(of({ action: 'version:promote', version: 2, environment: 'staging' })).toBe(
      'promoted version 2 of x to staging',
    )
  })

  it('has words for an act that it does not know', () => {
    expect(of({ action: 'contract:sign' })).toBe('did “sign a data contract” on x')
    expect(of({ action: 'some:thing' })).toBe('did “some:thing” on x')
  })
})
