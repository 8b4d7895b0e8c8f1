import { defineRoutes, route } from '@/lib/http'
import { withdrawTransfer } from '@/lib/ownership'
import { withdrawTransferOperation } from '@/lib/ownership/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(withdrawTransferOperation, async (ctx, { params, body }) =>
    withdrawTransfer(ctx, params.id, await body()),
  ),
)
