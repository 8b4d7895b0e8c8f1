import { missing } from '@/lib/authz'
import type { Setting } from './setting'

export function settingNamed(all: readonly Setting<unknown>[], key: string): Setting<unknown> {
  const found = all.find((setting) => setting.key === key)
  if (!found) throw missing('settings', key)
  return found
}
