import { editComment } from '@/lib/governance'
import { editCommentOperation } from '@/lib/governance/operations'
import { defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(editCommentOperation, async (ctx, { params, body, headers }) => {
    const { name: group, version: major, thread, comment } = params
    return editComment(ctx, { group, major, thread, comment }, await body(), headers.get('if-match'))
  }),
)
