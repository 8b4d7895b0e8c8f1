import { byteStream, defineRoutes, Reply, route } from '@/lib/http'
import { formatOfAccept, getTrainingData } from '@/lib/offline'
import { getTrainingDataOperation } from '@/lib/offline/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(getTrainingDataOperation, async (ctx, { params, query, headers }) => {
    const { environment: _, int64, format, ...range } = query
    const answer = await getTrainingData(ctx, {
      ...range,
      group: params.name,
      format: format ?? formatOfAccept(headers.get('accept')),
      int64AsString: int64 === 'string',
    })
    return new Reply(200, byteStream(answer.stream), {
      'content-type': answer.contentType,
      ...answer.headers,
    })
  }),
)
