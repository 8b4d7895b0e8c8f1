import type { Context } from '@/lib/core/context'
import { DomainError, invalidField } from '@/lib/core/errors'
import { archiveFeatureService, archiveVersion, deprecateVersion } from '@/lib/registry'
import type { Asset, OutcomeResource } from './operations'

export interface Ending {
  act: 'deprecate' | 'archive'
  reason: string
  sunset_at?: string | null | undefined
}

export const versionOf = (asset: Asset): number | null => (asset.kind === 'group' ? asset.version : null)
export const nameOf = (asset: Asset): string =>
  asset.kind === 'group' ? `${asset.name}@${asset.version}` : asset.name

/** Deprecates or archives one asset as its own page would. Errors: those of that act; `invalid` for a deprecated service. */
export async function endAsset(
  ctx: Context,
  asset: Asset,
  { act, reason, sunset_at }: Ending,
): Promise<void> {
  if (asset.kind === 'service') {
    if (act === 'deprecate')
      throw invalidField('/act', 'a service is archived, not deprecated', 'no_deprecation')
    await archiveFeatureService(ctx, asset.name, { reason })
    return
  }
  const { name, version } = asset
  if (act === 'archive') await archiveVersion(ctx, name, version, { reason })
  else await deprecateVersion(ctx, name, version, { reason, sunset_at })
}

/** Does one of many: what is refused is an outcome, not the end. */
export async function attempt(asset: Asset, act: () => Promise<unknown>): Promise<OutcomeResource> {
  const { kind, name } = asset
  const own = { kind, name, version: versionOf(asset) }
  try {
    await act()
    return { ...own, done: true, because: null }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return { ...own, done: false, because: error.message }
  }
}
