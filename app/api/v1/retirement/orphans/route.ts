import { byteStream, defineRoutes, Reply, route } from '@/lib/http'
import { listOrphans, orphansCsv } from '@/lib/retirement'
import { listOrphansOperation } from '@/lib/retirement/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(listOrphansOperation, async (ctx, { query: { format, ...query } }) => {
    if (format === 'json') return listOrphans(ctx, query)
    return new Reply(200, byteStream(await orphansCsv(ctx, query)), {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="orphans.csv"',
    })
  }),
)
