import { useSyncExternalStore } from 'react'

const never = () => () => {}
const isApple = () => /mac|iphone|ipad/i.test(navigator.platform)

/** The key that goes with K here: ⌘ on Apple's keyboards, Ctrl on all others. */
export function useCommandKey(): string {
  return useSyncExternalStore(
    never,
    () => (isApple() ? '⌘' : 'Ctrl'),
    () => 'Ctrl',
  )
}
