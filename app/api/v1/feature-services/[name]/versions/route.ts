import { created, defineRoutes, route } from '@/lib/http'
import { addServiceVersion, listServiceVersions } from '@/lib/registry'
import { addServiceVersionOperation, listServiceVersionsOperation } from '@/lib/registry/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(listServiceVersionsOperation, (ctx, { params }) => listServiceVersions(ctx, params.name)),
  route(addServiceVersionOperation, async (ctx, { params, body }) => {
    const version = await addServiceVersion(ctx, params.name, await body())
    return created(`/api/v1/feature-services/${version.service}/versions/${version.version}`, version)
  }),
)
