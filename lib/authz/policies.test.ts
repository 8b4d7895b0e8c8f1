import { validate } from '@cedar-policy/cedar-wasm/nodejs'
import { expect, test } from 'vitest'
import { policyTexts, schemaText } from './policies'

test('every policy agrees with the checked-in schema', () => {
  const answer = validate({
    schema: schemaText,
    policies: { staticPolicies: policyTexts },
    validationSettings: { mode: 'strict' },
  })
  expect(answer).toEqual({ type: 'success', validationErrors: [], validationWarnings: [], otherWarnings: [] })
})

test('a misspelt attribute is refused by the schema', () => {
  const answer = validate({
    schema: schemaText,
    policies: {
      staticPolicies: { bad: 'permit (principal, action, resource) when { resource.envv == "x" };' },
    },
    validationSettings: { mode: 'strict' },
  })
  expect(answer).toMatchObject({ type: 'success', validationErrors: [{ policyId: 'bad' }] })
})

test('every policy says in words what it needs', () => {
  for (const [id, text] of Object.entries(policyTexts)) expect(text, id).toContain('@needs("')
})
