import { DocumentationSection } from '@/components/documentation/documentation-section'
import { NotReady } from '@/components/layout/not-ready'
import { Markdown } from '@/components/markdown/markdown'
import { getDocumentation } from '@/lib/documentation'
import type { DocumentedAsset } from '@/lib/documentation/operations'
import { load } from '@/lib/http/page-context'
import { AssetCompleteness } from './asset-completeness'
import { AssetExamples } from './asset-examples'
import { termWords } from './term-words'

/** The long text about an asset, examples of how it is read, and what is missing of what should be said and promised of it. */
export async function AssetDocumentation({ kind, name }: DocumentedAsset) {
  const loaded = await load((ctx) => getDocumentation(ctx, { kind, name }))
  if (loaded.state === 'missing') return null
  if (loaded.state !== 'ready') return <NotReady loaded={loaded} what="The documentation" />
  return (
    <>
      <DocumentationSection key={`${kind} ${name}`} documentation={loaded.value}>
        <Markdown text={loaded.value.text} idPrefix="documentation-" words={await termWords()} />
      </DocumentationSection>
      {kind === 'group' || kind === 'feature' || kind === 'service' ? (
        <AssetExamples kind={kind} name={name} />
      ) : null}
      <AssetCompleteness kind={kind} name={name} />
    </>
  )
}
