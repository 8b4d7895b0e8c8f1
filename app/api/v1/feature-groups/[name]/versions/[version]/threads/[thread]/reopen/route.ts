import { settleThread } from '@/lib/governance'
import { reopenThreadOperation } from '@/lib/governance/operations'
import { defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(reopenThreadOperation, (ctx, { params: { name: group, version: major, thread } }) =>
    settleThread(ctx, { group, major, thread }, false),
  ),
)
