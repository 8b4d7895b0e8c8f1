import { breachesCsv, listBreaches } from '@/lib/contracts'
import { listBreachesOperation } from '@/lib/contracts/operations'
import { byteStream, defineRoutes, Reply, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(listBreachesOperation, async (ctx, { params, query: { format, ...query } }) => {
    const input = { group: params.name, ...query }
    if (format === 'json') return listBreaches(ctx, input)
    const name = `${params.name.replaceAll(/[^\w.-]/g, '_')}-breaches.csv`
    return new Reply(200, byteStream(await breachesCsv(ctx, input)), {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name}"`,
    })
  }),
)
