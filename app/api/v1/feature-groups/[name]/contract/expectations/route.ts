import { stateExpectation } from '@/lib/contracts'
import { stateExpectationOperation } from '@/lib/contracts/operations'
import { created, defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(stateExpectationOperation, async (ctx, { params, body }) => {
    const stated = await stateExpectation(ctx, params.name, await body())
    return created(`/api/v1/feature-groups/${params.name}/contract`, stated)
  }),
)
