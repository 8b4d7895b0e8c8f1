import { readDatasetFile } from '@/lib/datasets'
import { getDatasetFileOperation } from '@/lib/datasets/operations'
import { byteStream, defineRoutes, fileReply, Reply, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(getDatasetFileOperation, async (ctx, { params, query, raw }) => {
    const { name: dataset, version, file } = params
    const int64AsString = query.int64 === 'string'
    const answer = await readDatasetFile(ctx, { dataset, version, file, format: query.format, int64AsString })
    if (answer.kind === 'file') return fileReply(answer, raw)
    return new Reply(200, byteStream(answer.stream), {
      'content-type': answer.contentType,
      'content-disposition': `attachment; filename="${answer.name}"`,
    })
  }),
)
