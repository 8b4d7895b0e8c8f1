import { NotReady } from '@/components/layout/not-ready'
import { ServiceUsage } from '@/components/usage/service-usage'
import { getServing, listUsage } from '@/lib/catalog'
import { servingQuery, usageListQuery } from '@/lib/catalog/operations'
import { load } from '@/lib/http/page-context'

const mostReaders = 20
const days = 30

/** Who reads a service, and how it was answered, loading by itself. */
export async function UsageOfService({ name, environment }: { name: string; environment: string }) {
  const loaded = await load(async (ctx) => {
    const from = new Date(ctx.now().getTime() - (days - 1) * 86_400_000).toISOString()
    const asked = { service: name, bucket: 'day', from }
    const [readers, serving] = await Promise.all([
      listUsage(ctx, usageListQuery.parse({ ...asked, by: 'consumer', limit: mostReaders })),
      getServing(ctx, servingQuery.parse(asked)),
    ])
    return { readers, serving }
  }, environment)
  if (loaded.state !== 'ready') return <NotReady loaded={loaded} what="The usage" />
  return <ServiceUsage name={name} environment={environment} {...loaded.value} />
}
