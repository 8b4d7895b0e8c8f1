import { breachesCsv, listBreaches } from '@/lib/contracts'
import { listBreachesOperation } from '@/lib/contracts/operations'
import { byteStream, csvFile, defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(listBreachesOperation, async (ctx, { params, query: { format, ...query } }) => {
    const input = { group: params.name, ...query }
    if (format === 'json') return listBreaches(ctx, input)
    return csvFile(`${params.name}-breaches`, byteStream(await breachesCsv(ctx, input)))
  }),
)
