import { expect, it } from 'vitest'
import { testActor, testContext } from '@/lib/identity/testing'
import { rememberVisit } from './home-visit'

const start = Date.parse('2026-05-01T08:00:00Z')
const minute = 60_000
const iso = (at: number) => new Date(at).toISOString().replace('.000Z', '.000000Z')

it('remembers when somebody was here before this visit, each for themselves', async () => {
  const person = await testActor({ role: 'viewer' })
  const visit = (after: number) =>
    rememberVisit(testContext(person, { now: () => new Date(start + after * minute) }))
  expect(await visit(0)).toBeNull()
  expect(await visit(20)).toBeNull()
  expect(await visit(40)).toBeNull()
  // An hour later: the visit before ended at minute 40, and stays the one before while this one lasts.
  expect(await visit(100)).toBe(iso(start + 40 * minute))
  expect(await visit(100.5)).toBe(iso(start + 40 * minute))
  expect(await visit(125)).toBe(iso(start + 40 * minute))
  expect(await visit(3000)).toBe(iso(start + 125 * minute))
  const other = testContext(await testActor({ role: 'viewer' }), { now: () => new Date(start) })
  expect(await rememberVisit(other)).toBeNull()
})

it('remembers nobody who is no person', async () => {
  const { id, ...person } = await testActor({ role: 'viewer' })
  const key = { ...person, kind: 'system' as const, id }
  expect(await rememberVisit(testContext(key))).toBeNull()
})
