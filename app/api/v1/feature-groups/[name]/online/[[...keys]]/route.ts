import { defineRoutes, Reply, route } from '@/lib/http'
import { keysOfPath, readOneKey } from '@/lib/online'
import { readOneKeyOperation } from '@/lib/online/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(readOneKeyOperation, async (ctx, { params, query, url }) => {
    const answer = await readOneKey(ctx, {
      group: params.name,
      keys: keysOfPath(url.pathname),
      version: query.version,
      int64AsString: query.int64 === 'string',
    })
    return new Reply(200, answer.body, { 'content-type': 'application/json', ...answer.headers })
  }),
)
