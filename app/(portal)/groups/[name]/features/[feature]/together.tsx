import { UsedTogether } from '@/components/usage/used-together'
import { getUsedTogether } from '@/lib/catalog'
import { togetherQuery } from '@/lib/catalog/operations'
import { load } from '@/lib/http/page-context'

const days = 30

/** Features that are read in the same requests, loading by itself; what fails leaves the page as it is. */
export async function Together({ feature, environment }: { feature: string; environment: string }) {
  const loaded = await load(
    (ctx) => getUsedTogether(ctx, togetherQuery.parse({ feature, days, limit: 8 })),
    environment,
  )
  return loaded.state === 'ready' ? <UsedTogether together={loaded.value} days={days} /> : null
}
