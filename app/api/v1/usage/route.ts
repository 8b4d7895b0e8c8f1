import { listUsage, usageCsv } from '@/lib/catalog'
import { listUsageOperation } from '@/lib/catalog/operations'
import { csvFile, defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(listUsageOperation, async (ctx, { query: { format, ...query } }) =>
    format === 'json' ? listUsage(ctx, query) : csvFile(`usage_by_${query.by}`, await usageCsv(ctx, query)),
  ),
)
