import { expect, it } from 'vitest'
import { intersect, merged, type Span, subtract } from './spans'

const spans = (...pairs: [number, number][]): Span[] =>
  pairs.map(([from, to]) => ({ from: BigInt(from), to: BigInt(to) }))

it('merges what touches or overlaps', () => {
  expect(merged(spans([5, 6], [0, 2], [2, 4], [1, 3], [9, 9]))).toEqual(spans([0, 4], [5, 6]))
})

it('finds what nothing covers, and what something does', () => {
  const whole = spans([0, 10])
  expect(subtract(whole, spans([2, 4], [6, 7]))).toEqual(spans([0, 2], [4, 6], [7, 10]))
  expect(subtract(whole, spans([-5, 20]))).toEqual([])
  expect(subtract(spans([5, 6]), spans([0, 1]))).toEqual(spans([5, 6]))
  expect(subtract(spans([0, 3], [5, 9]), spans([2, 6]))).toEqual(spans([0, 2], [6, 9]))
  expect(intersect(spans([0, 3], [5, 9]), spans([2, 6]))).toEqual(spans([2, 3], [5, 6]))
})

it('agrees with counting one by one', () => {
  const random = (seed: number) => () => {
    seed = (seed * 48271) % 2147483647
    return seed % 30
  }
  for (let round = 1; round < 200; round++) {
    const next = random(round)
    const some = () => merged(Array.from({ length: 4 }, () => spans([next(), next()])).flat())
    const [a, b] = [some(), some()]
    const holds = (list: Span[], point: number) =>
      list.some(({ from, to }) => from < BigInt(point) && BigInt(point) <= to)
    for (let point = 0; point <= 31; point++) {
      expect(holds(subtract(a, b), point)).toBe(holds(a, point) && !holds(b, point))
      expect(holds(intersect(a, b), point)).toBe(holds(a, point) && holds(b, point))
    }
  }
})
