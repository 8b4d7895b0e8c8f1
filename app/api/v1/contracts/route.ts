import { contractsCsv, listContracts } from '@/lib/contracts'
import { listContractsOperation } from '@/lib/contracts/operations'
import { defineRoutes, Reply, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(listContractsOperation, async (ctx, { query: { format, ...query } }) => {
    if (format === 'json') return listContracts(ctx, query)
    return new Reply(200, await contractsCsv(ctx, query), {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="contracts.csv"',
    })
  }),
)
