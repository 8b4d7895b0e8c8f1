import { created, defineRoutes, json, route } from '@/lib/http'
import { restoreCheckedVersion } from '@/lib/ingestion'
import { restoreAsNewOperation } from '@/lib/registry/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(restoreAsNewOperation, async (ctx, { params, body }) => {
    const version = await restoreCheckedVersion(ctx, params.name, params.version, await body())
    if (version.revision > 1) return json(200, version)
    return created(`/api/v1/feature-groups/${version.group}/versions/${version.version}`, version)
  }),
)
