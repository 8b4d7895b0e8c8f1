import { registrySettings } from '@/lib/registry'
import { retirementSettings } from '@/lib/retirement'
import type { Setting } from '@/lib/settings'

/** Everything that an organisation can set: each room's `settings`, imported through its index. */
export const allSettings: readonly Setting<unknown>[] = [...registrySettings, ...retirementSettings]
