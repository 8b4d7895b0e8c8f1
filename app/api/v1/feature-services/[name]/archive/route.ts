import { defineRoutes, route } from '@/lib/http'
import { archiveFeatureService } from '@/lib/registry'
import { archiveFeatureServiceOperation } from '@/lib/registry/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(archiveFeatureServiceOperation, async (ctx, { params, body }) =>
    archiveFeatureService(ctx, params.name, await body()),
  ),
)
