import { acceptExpectation } from '@/lib/contracts'
import { acceptExpectationOperation } from '@/lib/contracts/operations'
import { defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(acceptExpectationOperation, async (ctx, { params, body }) =>
    acceptExpectation(ctx, params.name, params.id, await body()),
  ),
)
