import type { Target } from '@/lib/core/context'
import { singleton } from '@/lib/core/singleton'
import type { ResourceFacts } from './resource'

/** Facts of an asset by its name, whoever asks; null when it is not there. */
export type AssetDirectory = (target: Target) => Promise<ResourceFacts | null>

const holder = () =>
  singleton<{ directory: AssetDirectory }>('authz-assets', () => ({ directory: async () => null }))

/** The registry, which knows assets, hands its directory down: authz imports nothing above it. */
export function setAssetDirectory(directory: AssetDirectory): void {
  holder().directory = directory
}

export const assetFacts: AssetDirectory = (target) => holder().directory(target)
