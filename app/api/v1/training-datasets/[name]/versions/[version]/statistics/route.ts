import { getDatasetStatistics } from '@/lib/datasets'
import { getDatasetStatisticsOperation } from '@/lib/datasets/operations'
import { defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(getDatasetStatisticsOperation, (ctx, { params, query }) =>
    getDatasetStatistics(ctx, params.name, params.version, { int64AsString: query.int64 === 'string' }),
  ),
)
