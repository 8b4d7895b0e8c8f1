import { defineRoutes, route } from '@/lib/http'
import { submitTestedVersion } from '@/lib/ingestion'
import { submitVersionOperation } from '@/lib/registry/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(submitVersionOperation, async (ctx, { params, body }) =>
    submitTestedVersion(ctx, params.name, params.version, await body()),
  ),
)
