import { addComment } from '@/lib/governance'
import { addCommentOperation } from '@/lib/governance/operations'
import { created, defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(addCommentOperation, async (ctx, { params, body, url }) => {
    const { name: group, version: major, thread } = params
    return created(url.pathname, await addComment(ctx, { group, major, thread }, await body()))
  }),
)
