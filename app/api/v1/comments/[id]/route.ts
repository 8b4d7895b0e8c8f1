import { deleteComment, editComment } from '@/lib/comments'
import { deleteCommentOperation, editCommentOperation } from '@/lib/comments/operations'
import { defineRoutes, json, noContent, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(editCommentOperation, async (ctx, { params, body, headers }) => {
    const comment = await editComment(ctx, params.id, await body(), headers.get('if-match'))
    return json(200, comment, { etag: comment.etag })
  }),
  route(deleteCommentOperation, async (ctx, { params, headers }) => {
    await deleteComment(ctx, params.id, headers.get('if-match'))
    return noContent()
  }),
)
