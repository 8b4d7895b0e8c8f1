import { declineExpectation } from '@/lib/contracts'
import { declineExpectationOperation } from '@/lib/contracts/operations'
import { defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(declineExpectationOperation, async (ctx, { params, body }) =>
    declineExpectation(ctx, params.name, params.id, await body()),
  ),
)
