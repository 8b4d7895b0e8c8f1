import { defineRoutes, route } from '@/lib/http'
import { getDriftSeries } from '@/lib/monitoring'
import { getDriftOperation } from '@/lib/monitoring/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(getDriftOperation, (ctx, { params, query }) => getDriftSeries(ctx, { group: params.name, ...query })),
)
