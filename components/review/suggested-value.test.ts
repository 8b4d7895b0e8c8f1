import { expect, it } from 'vitest'
import { memberOf, suggestedValue, suggestible, typedText } from './suggested-value'

it('reads what is typed as the field takes it', () => {
  expect(suggestedValue('features.a.description', ' Logins. ')).toEqual({ value: 'Logins.' })
  expect(suggestedValue('features.a.description', '')).toEqual({ value: null })
  expect(suggestedValue('features.a.contract.max', '1e3')).toEqual({ value: 1000 })
  expect(suggestedValue('features.a.contract.max', 'many')).toBeNull()
  expect(suggestedValue('features.a.contract.nullable', 'false')).toEqual({ value: false })
  expect(suggestedValue('features.a.contract.nullable', 'no')).toBeNull()
  expect(suggestedValue('features.a.tags', 'churn, daily,')).toEqual({ value: ['churn', 'daily'] })
})

it('offers each member of a whole feature, and nothing for what is no value of its own', () => {
  expect(suggestible('features.a')).toContain('features.a.contract.max')
  expect(suggestible('features.a.type')).toEqual(['features.a.type'])
  expect(suggestible('')).toEqual([])
  expect(suggestible('primary_key')).toEqual([])
})

it('begins with what stands there', () => {
  expect(typedText(['churn', 'daily'])).toBe('churn, daily')
  expect(typedText(null)).toBe('')
  expect(typedText(0)).toBe('0')
  const feature = { name: 'a', contract: { min: 3 } }
  expect([memberOf(feature, 'name'), memberOf(feature, 'contract.min')]).toEqual(['a', 3])
  expect([memberOf(feature, 'contract.max.of'), memberOf('a · int64', 'name')]).toEqual([
    undefined,
    undefined,
  ])
})
