import { byteStream, defineRoutes, Reply, route } from '@/lib/http'
import { listUnused, unusedCsv } from '@/lib/retirement'
import { listUnusedOperation } from '@/lib/retirement/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(listUnusedOperation, async (ctx, { query: { format, ...query } }) => {
    if (format === 'json') return listUnused(ctx, query)
    return new Reply(200, byteStream(await unusedCsv(ctx, query)), {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="unused.csv"',
    })
  }),
)
