// @vitest-environment happy-dom
import { act } from 'react'
import { createRoot } from 'react-dom/client'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { useDraft } from './use-draft'

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  window.localStorage.clear()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const parse = (value: unknown) => (typeof value === 'string' ? value : null)

function Form({ typed, onClear }: { typed: string; onClear: (clear: () => void) => void }) {
  const { clear } = useDraft({ name: 'form', value: typed, parse, onRestore: () => undefined })
  onClear(clear)
  return null
}

test('what was sent within the pause is not kept afterwards, and what is typed next is', async () => {
  const root = createRoot(document.createElement('div'))
  let clear = (): void => undefined
  const show = (typed: string) =>
    act(async () => root.render(<Form typed={typed} onClear={(given) => (clear = given)} />))

  await show('orders')
  await show('orders by day')
  await act(async () => clear())
  await act(async () => vi.advanceTimersByTime(5_000))
  window.dispatchEvent(new Event('pagehide'))
  expect(window.localStorage).toHaveLength(0)

  await show('another')
  await act(async () => vi.advanceTimersByTime(5_000))
  expect(window.localStorage).toHaveLength(1)
  await act(async () => root.unmount())
})
