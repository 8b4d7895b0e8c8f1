import { openKeptSpine } from '@/lib/datasets'
import { byteStream, defineRoutes, Reply, route } from '@/lib/http'
import { formatOfAccept, getHistoricalFeatures, receiveHistoricalRequest } from '@/lib/offline'
import { getHistoricalFeaturesOperation } from '@/lib/offline/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(getHistoricalFeaturesOperation, async (ctx, { bytes, headers, query }) => {
    const format = formatOfAccept(headers.get('accept'))
    const contentType = headers.get('content-type') ?? 'application/json'
    const input = await receiveHistoricalRequest(contentType, bytes())
    const answer = await getHistoricalFeatures(ctx, {
      ...input,
      openKept: openKeptSpine,
      format,
      int64AsString: query.int64 === 'string',
    })
    return new Reply(200, byteStream(answer.stream), {
      'content-type': answer.contentType,
      ...answer.headers,
    })
  }),
)
