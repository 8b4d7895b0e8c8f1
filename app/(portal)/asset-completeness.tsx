import { MissingList } from '@/components/completeness/missing-list'
import { Section } from '@/components/ui/section'
import { getCompleteness } from '@/lib/completeness'
import type { CompleteAsset } from '@/lib/completeness/operations'
import { load } from '@/lib/http/page-context'

/** What an asset lacks; nothing when it lacks nothing. */
export async function AssetCompleteness({ kind, name }: CompleteAsset) {
  const loaded = await load((ctx) => getCompleteness(ctx, { kind, name }))
  if (loaded.state !== 'ready' || loaded.value.missing.length === 0) return null
  return (
    <Section title="What is missing">
      <MissingList missing={loaded.value.missing} />
    </Section>
  )
}
