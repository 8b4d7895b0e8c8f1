import { assetHref } from '@/components/catalog/asset-href'
import { Name } from '@/components/ui/name'
import type { OwnedAsset } from '@/lib/ownership/operations'

const words: Record<OwnedAsset['kind'], string> = {
  group: 'feature group',
  service: 'feature service',
  dataset: 'training dataset',
  entity: 'entity',
  source: 'data source',
  domain: 'domain',
}

/** A domain has no page of its own. */
const hrefOf = ({ kind, name }: OwnedAsset) => (kind === 'domain' ? {} : { href: assetHref(kind, name) })

/** Assets by name, each leading to its page. */
export function OwnedAssets({ assets }: { assets: readonly OwnedAsset[] }) {
  return (
    <ul className="flex flex-col gap-0.5">
      {assets.map((asset) => (
        <li key={`${asset.kind}:${asset.name}`} className="flex min-w-0 flex-wrap items-baseline gap-x-2">
          <Name name={asset.name} {...hrefOf(asset)} />
          <span className="text-12 text-muted">{words[asset.kind]}</span>
        </li>
      ))}
    </ul>
  )
}
