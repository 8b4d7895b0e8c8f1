import { created, defineRoutes, route } from '@/lib/http'
import { listFeatureServices, registerFeatureService } from '@/lib/registry'
import { listFeatureServicesOperation, registerFeatureServiceOperation } from '@/lib/registry/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(registerFeatureServiceOperation, async (ctx, { body }) => {
    const service = await registerFeatureService(ctx, await body())
    return created(`/api/v1/feature-services/${service.name}`, service, { etag: service.etag })
  }),
  route(listFeatureServicesOperation, (ctx, { query }) => listFeatureServices(ctx, query)),
)
