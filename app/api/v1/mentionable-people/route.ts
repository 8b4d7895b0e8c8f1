import { listMentionable } from '@/lib/comments'
import { listMentionableOperation } from '@/lib/comments/operations'
import { defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(listMentionableOperation, (ctx, { query }) => listMentionable(ctx, query)),
)
