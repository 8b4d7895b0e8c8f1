import { addComment, listComments } from '@/lib/comments'
import { addCommentOperation, listCommentsOperation } from '@/lib/comments/operations'
import { created, defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(listCommentsOperation, (ctx, { query }) => listComments(ctx, query)),
  route(addCommentOperation, async (ctx, { body }) =>
    created('/api/v1/comments', await addComment(ctx, await body())),
  ),
)
