import { compareDatasetVersions } from '@/lib/datasets'
import { compareDatasetVersionsOperation } from '@/lib/datasets/operations'
import { defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(compareDatasetVersionsOperation, (ctx, { params }) =>
    compareDatasetVersions(ctx, params.name, params.version, params.other),
  ),
)
