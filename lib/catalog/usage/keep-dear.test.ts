import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { keepDear } from './keep-dear'

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }))
afterEach(() => void vi.useRealTimers())

let asked = 0
const ask = async () => {
  vi.advanceTimersByTime(100)
  return ++asked
}
const asking = (key: string, state: number | null, dearFrom: number) =>
  keepDear(key, () => state, ask, dearFrom)

it('asks again what is cheap, and keeps for a minute what is dear', async () => {
  asked = 0
  expect(await asking('cheap', 1, 250)).toBe(1)
  expect(await asking('cheap', 1, 250)).toBe(2)
  expect(await asking('dear', 1, 100)).toBe(3)
  expect(await asking('dear', 1, 100)).toBe(3)
  expect(await asking('other rights', 1, 100)).toBe(4)
  vi.advanceTimersByTime(60_000)
  expect(await asking('dear', 1, 100)).toBe(5)
})

it('keeps nothing over a change of the catalogue, nor while changes are not heard', async () => {
  asked = 0
  expect(await asking('changed', 1, 100)).toBe(1)
  expect(await asking('changed', 2, 100)).toBe(2)
  expect(await asking('unheard', null, 100)).toBe(3)
  expect(await asking('unheard', null, 100)).toBe(4)
})
