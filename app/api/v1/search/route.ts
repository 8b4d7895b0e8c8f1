import { search, searchCsv } from '@/lib/catalog'
import { searchOperation } from '@/lib/catalog/operations'
import { csvFile, defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(searchOperation, async (ctx, { query: { format, ...query } }) =>
    format === 'json' ? search(ctx, query) : csvFile('catalogue', await searchCsv(ctx, query)),
  ),
)
