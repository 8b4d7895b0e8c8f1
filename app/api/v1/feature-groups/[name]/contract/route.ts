import { getContract } from '@/lib/contracts'
import { getContractOperation } from '@/lib/contracts/operations'
import { defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(getContractOperation, (ctx, { params, query }) =>
    getContract(ctx, { group: params.name, version: query.version }),
  ),
)
