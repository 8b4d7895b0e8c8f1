import { defineRoutes, route } from '@/lib/http'
import { declineTransfer } from '@/lib/ownership'
import { declineTransferOperation } from '@/lib/ownership/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(declineTransferOperation, async (ctx, { params, body }) =>
    declineTransfer(ctx, params.id, await body()),
  ),
)
