import { signContract } from '@/lib/contracts'
import { signContractOperation } from '@/lib/contracts/operations'
import { defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(signContractOperation, async (ctx, { params, body }) => signContract(ctx, params.name, await body())),
)
