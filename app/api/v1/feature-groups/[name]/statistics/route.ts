import { defineRoutes, route } from '@/lib/http'
import { getStatistics } from '@/lib/monitoring'
import { getStatisticsOperation } from '@/lib/monitoring/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(getStatisticsOperation, (ctx, { params, query }) =>
    getStatistics(ctx, { group: params.name, ...query }),
  ),
)
