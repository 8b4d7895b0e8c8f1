import { defineRoutes, route } from '@/lib/http'
import { getCoverage } from '@/lib/ingestion'
import { getCoverageOperation } from '@/lib/ingestion/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(getCoverageOperation, (ctx, { params, query }) => getCoverage(ctx, { group: params.name, ...query })),
)
