import { defineRoutes, route } from '@/lib/http'
import { diffVersions } from '@/lib/registry'
import { diffVersionsOperation } from '@/lib/registry/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(diffVersionsOperation, (ctx, { params }) =>
    diffVersions(ctx, params.name, params.version, params.other),
  ),
)
