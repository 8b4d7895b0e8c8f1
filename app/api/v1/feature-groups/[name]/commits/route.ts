import { byteStream, csvFile, defineRoutes, route } from '@/lib/http'
import { commitsCsv, listCommits } from '@/lib/ingestion'
import { listCommitsOperation } from '@/lib/ingestion/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(listCommitsOperation, async (ctx, { params, query: { format, ...query } }) => {
    const input = { group: params.name, ...query }
    if (format === 'json') return listCommits(ctx, input)
    return csvFile(`${params.name}-commits`, byteStream(await commitsCsv(ctx, input)))
  }),
)
