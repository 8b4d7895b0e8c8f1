import { defineRoutes, Reply, route } from '@/lib/http'
import { impactCsv, impactOf } from '@/lib/registry'
import { impactOperation } from '@/lib/registry/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(impactOperation, async (ctx, { params, query: { format, ...query } }) => {
    const impact = await impactOf(ctx, params.name, query)
    if (format === 'json') return impact
    const name = `${params.name.replaceAll(/[^\w.-]/g, '_')}-impact.csv`
    return new Reply(200, impactCsv(impact), {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name}"`,
    })
  }),
)
