import { byteStream, defineRoutes, Reply, route } from '@/lib/http'
import { commitsCsv, listCommits } from '@/lib/ingestion'
import { listCommitsOperation } from '@/lib/ingestion/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(listCommitsOperation, async (ctx, { params, query: { format, ...query } }) => {
    const input = { group: params.name, ...query }
    if (format === 'json') return listCommits(ctx, input)
    const name = `${params.name.replaceAll(/[^\w.-]/g, '_')}-commits.csv`
    return new Reply(200, byteStream(await commitsCsv(ctx, input)), {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name}"`,
    })
  }),
)
