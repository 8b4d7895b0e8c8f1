import { settleThread } from '@/lib/governance'
import { resolveThreadOperation } from '@/lib/governance/operations'
import { defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(resolveThreadOperation, (ctx, { params: { name: group, version: major, thread } }) =>
    settleThread(ctx, { group, major, thread }, true),
  ),
)
