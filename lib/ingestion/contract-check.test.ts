import { expect, it } from 'vitest'
import { contractCheck } from './contract-check'

it('is not kept busy by a pattern that has many ways to match', () => {
  const check = contractCheck({ kind: 'string' }, { pattern: '^(a+)+$' })
  const start = performance.now()
  expect(check(`${'a'.repeat(100_000)}!`)).toMatchObject({ rule: 'pattern' })
  expect(check('a'.repeat(3_000_000))?.reason).toContain('is longer than')
  expect(check('aaa')).toBeNull()
  expect(performance.now() - start).toBeLessThan(5000)
})
