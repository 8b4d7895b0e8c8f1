import { defineRoutes, route } from '@/lib/http'
import { acceptTransfer } from '@/lib/ownership'
import { acceptTransferOperation } from '@/lib/ownership/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(acceptTransferOperation, async (ctx, { params, body }) =>
    acceptTransfer(ctx, params.id, await body()),
  ),
)
