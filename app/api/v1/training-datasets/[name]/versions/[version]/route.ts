import { getDatasetVersion } from '@/lib/datasets'
import { getDatasetVersionOperation } from '@/lib/datasets/operations'
import { defineRoutes, json, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(getDatasetVersionOperation, async (ctx, { params }) => {
    const version = await getDatasetVersion(ctx, params.name, params.version)
    return json(200, version, { etag: version.etag })
  }),
)
