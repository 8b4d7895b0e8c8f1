import { created, defineRoutes, json, route } from '@/lib/http'
import { addCheckedVersion } from '@/lib/ingestion'
import { listVersions } from '@/lib/registry'
import { addVersionOperation, listVersionsOperation } from '@/lib/registry/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(listVersionsOperation, (ctx, { params }) => listVersions(ctx, params.name)),
  route(addVersionOperation, async (ctx, { params, body }) => {
    const version = await addCheckedVersion(ctx, params.name, await body())
    if (version.revision > 1) return json(200, version)
    return created(`/api/v1/feature-groups/${version.group}/versions/${version.version}`, version)
  }),
)
