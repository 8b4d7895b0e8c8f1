// @vitest-environment happy-dom
import { act } from 'react'
import { createRoot } from 'react-dom/client'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ClockProvider, useClock } from './clock'

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const Now = () => <p>{useClock().now.toISOString()}</p>

test('the clock runs on, and begins anew where the server answers again', async () => {
  const host = document.createElement('div')
  const root = createRoot(host)
  const show = (now: string) =>
    act(async () =>
      root.render(
        <ClockProvider zone="UTC" now={now}>
          <Now />
        </ClockProvider>,
      ),
    )

  await show('2026-05-01T08:00:00.000Z')
  await act(async () => vi.advanceTimersByTime(60 * 60_000))
  expect(host.textContent).toBe('2026-05-01T09:00:00.000Z')

  await show('2026-05-01T09:00:10.000Z')
  expect(host.textContent).toBe('2026-05-01T09:00:10.000Z')
  await act(async () => vi.advanceTimersByTime(30_000))
  expect(host.textContent).toBe('2026-05-01T09:00:40.000Z')
  await act(async () => root.unmount())
})
