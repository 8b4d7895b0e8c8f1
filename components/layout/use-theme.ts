'use client'
import { useSyncExternalStore } from 'react'
import type { MenuSection } from '@/components/ui/menu'
import { applyToRoot, type Preferences, rememberPreference } from '@/components/ui/preferences'

const listeners = new Set<() => void>()

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

function choose(theme: Preferences['theme']) {
  applyToRoot('theme', theme === 'system' ? null : theme)
  rememberPreference('theme', theme)
  for (const listener of listeners) listener()
}

/** The theme as a section of a menu: as the system, light, dark. */
export function useThemeSection(): MenuSection {
  const current = useSyncExternalStore(
    subscribe,
    () => document.documentElement.dataset.theme ?? 'system',
    () => 'system',
  )
  const item = (label: string, theme: Preferences['theme']) => ({
    label,
    checked: current === theme,
    onSelect: () => choose(theme),
  })
  return {
    label: 'Theme',
    items: [item('As the system', 'system'), item('Light', 'light'), item('Dark', 'dark')],
  }
}
