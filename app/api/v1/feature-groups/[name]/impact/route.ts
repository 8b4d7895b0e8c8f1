import { csvFile, defineRoutes, route } from '@/lib/http'
import { impactCsv, impactOf } from '@/lib/registry'
import { impactOperation } from '@/lib/registry/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(impactOperation, async (ctx, { params, query: { format, ...query } }) => {
    const impact = await impactOf(ctx, params.name, query)
    return format === 'json' ? impact : csvFile(`${params.name}-impact`, impactCsv(impact))
  }),
)
