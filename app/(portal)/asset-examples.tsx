import { ExamplesSection } from '@/components/examples/examples-section'
import { NotReady } from '@/components/layout/not-ready'
import { listExamples } from '@/lib/examples'
import type { ExampleAsset } from '@/lib/examples/operations'
import { load } from '@/lib/http/page-context'
import { getFeatureGroup } from '@/lib/registry'

/** How an asset is read. */
export async function AssetExamples({ kind, name }: ExampleAsset) {
  const loaded = await load(async (ctx) => {
    const list = await listExamples(ctx, { kind, name })
    if (kind === 'service' || !list.change.allowed) return { list, features: [] }
    const { features } = kind === 'group' ? await getFeatureGroup(ctx, name) : { features: [] }
    return { list, features: kind === 'feature' ? [name] : features.map((one) => `${name}:${one.name}`) }
  })
  if (loaded.state === 'missing') return null
  if (loaded.state !== 'ready') return <NotReady loaded={loaded} what="The examples" />
  return <ExamplesSection key={`${kind} ${name}`} asset={{ kind, name }} {...loaded.value} />
}
