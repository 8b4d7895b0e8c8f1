import { incompleteCsv, listIncomplete } from '@/lib/completeness'
import { listIncompleteOperation } from '@/lib/completeness/operations'
import { byteStream, csvFile, defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(listIncompleteOperation, async (ctx, { query: { format, ...query } }) =>
    format === 'json'
      ? listIncomplete(ctx, query)
      : csvFile('incomplete', byteStream(await incompleteCsv(ctx, query))),
  ),
)
