import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { repeat } from './repeat'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('works at once, then at each interval, also after a failure, and no more once stopped', async () => {
  let times = 0
  const { stop } = repeat(100, 'the test fails on purpose', async () => {
    times++
    if (times === 1) throw new Error('the first time')
  })
  expect(times).toBe(1)
  await vi.advanceTimersByTimeAsync(250)
  expect(times).toBe(3)
  await stop()
  await vi.advanceTimersByTimeAsync(500)
  expect(times).toBe(3)
})

it('never runs twice at a time, and stopping waits for what runs and tells it', async () => {
  let times = 0
  let told = false
  const work = (signal: AbortSignal) => {
    times++
    return new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => {
        told = true
        resolve()
      })
    })
  }
  const { now, stop } = repeat(100, 'never', work)
  now()
  await vi.advanceTimersByTimeAsync(500)
  expect(times).toBe(1)
  await stop()
  expect(told).toBe(true)
})
