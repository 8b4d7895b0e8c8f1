import { withdrawContract } from '@/lib/contracts'
import { withdrawContractOperation } from '@/lib/contracts/operations'
import { defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(withdrawContractOperation, async (ctx, { params, body }) =>
    withdrawContract(ctx, params.name, params.number, await body()),
  ),
)
