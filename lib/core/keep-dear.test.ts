import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { keepDear } from './keep-dear'

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }))
afterEach(() => void vi.useRealTimers())

let asked = 0
const asking = (key: string, state: number | null, dear: boolean) =>
  keepDear({ key, state: () => state, ask: async () => ++asked, isDear: () => dear })

it('asks again what is cheap, and keeps for a minute what is dear', async () => {
  asked = 0
  expect(await asking('cheap', 1, false)).toBe(1)
  expect(await asking('cheap', 1, false)).toBe(2)
  expect(await asking('dear', 1, true)).toBe(3)
  expect(await asking('dear', 1, true)).toBe(3)
  expect(await asking('other rights', 1, true)).toBe(4)
  vi.advanceTimersByTime(60_000)
  expect(await asking('dear', 1, true)).toBe(5)
})

it('keeps nothing over a change, nor while changes are not heard', async () => {
  asked = 0
  expect(await asking('changed', 1, true)).toBe(1)
  expect(await asking('changed', 2, true)).toBe(2)
  expect(await asking('unheard', null, true)).toBe(3)
  expect(await asking('unheard', null, true)).toBe(4)
  let state = 1
  const meanwhile = { key: 'meanwhile', state: () => state, isDear: () => true }
  await keepDear({ ...meanwhile, ask: async () => (state += 1) })
  expect(await keepDear({ ...meanwhile, ask: async () => 'anew' })).toBe('anew')
})
