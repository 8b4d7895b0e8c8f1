import { created, defineRoutes, route } from '@/lib/http'
import { extendGrace } from '@/lib/registry'
import { extendGraceOperation } from '@/lib/registry/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(extendGraceOperation, async (ctx, { params: { name, version }, body }) => {
    const state = await extendGrace(ctx, name, version, await body())
    return created(`/api/v1/feature-groups/${name}/versions/${version}/deprecation`, state)
  }),
)
