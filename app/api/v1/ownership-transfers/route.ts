import { created, defineRoutes, route } from '@/lib/http'
import { listTransfers, proposeTransfer } from '@/lib/ownership'
import { listTransfersOperation, proposeTransferOperation } from '@/lib/ownership/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(listTransfersOperation, (ctx, { query }) => listTransfers(ctx, query)),
  route(proposeTransferOperation, async (ctx, { body }) => {
    const transfer = await proposeTransfer(ctx, await body())
    return created(`/api/v1/ownership-transfers?team=${transfer.to_team}`, transfer)
  }),
)
