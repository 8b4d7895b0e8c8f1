import { contractVersion } from '@/lib/contracts'
import { getContractVersionOperation } from '@/lib/contracts/operations'
import { defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(getContractVersionOperation, (ctx, { params, query }) =>
    contractVersion(ctx, { group: params.name, version: query.version, number: params.number }),
  ),
)
