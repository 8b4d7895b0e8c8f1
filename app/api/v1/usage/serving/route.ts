import { getServing, servingCsv } from '@/lib/catalog'
import { getServingOperation } from '@/lib/catalog/operations'
import { csvFile, defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(getServingOperation, async (ctx, { query: { format, ...query } }) =>
    format === 'json' ? getServing(ctx, query) : csvFile('serving', await servingCsv(ctx, query)),
  ),
)
