import { basketHref } from '@/components/basket/compared'
import { CorrelationSection } from '@/components/basket/correlation-section'
import { NotReady } from '@/components/layout/not-ready'
import { withParams } from '@/components/ui/route'
import { Section } from '@/components/ui/section'
import { correlate } from '@/lib/basket'
import { type CorrelationMethod, correlationMethods } from '@/lib/basket/operations'
import { load } from '@/lib/http/page-context'

interface CorrelationProps {
  references: readonly string[]
  /** The basket of the address, or the reader's own. */
  isLinked: boolean
  environment: string
  method: CorrelationMethod
}

export const methodOf = (value: string | string[] | undefined): CorrelationMethod =>
  correlationMethods.find((one) => one === value) ?? 'spearman'

/** Counted while the page is looked at; it loads by itself. */
export async function Correlation({ references, isLinked, environment, method }: CorrelationProps) {
  const loaded = await load((ctx) => correlate(ctx, { features: references, method }), environment)
  if (loaded.state !== 'ready')
    return (
      <Section title="How they move together">
        <NotReady loaded={loaded} what="The correlation" />
      </Section>
    )
  const [path = '', search = ''] = basketHref(isLinked ? references : [], environment).split('?')
  const hrefs = {
    spearman: withParams(path, search, { method: null }),
    pearson: withParams(path, search, { method: 'pearson' }),
  }
  return <CorrelationSection correlation={loaded.value} hrefs={hrefs} />
}
