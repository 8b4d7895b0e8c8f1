import { defineRoutes, route } from '@/lib/http'
import { restoreFeatureService } from '@/lib/registry'
import { restoreFeatureServiceOperation } from '@/lib/registry/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(restoreFeatureServiceOperation, async (ctx, { params, body }) =>
    restoreFeatureService(ctx, params.name, await body()),
  ),
)
