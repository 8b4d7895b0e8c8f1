import { created, defineRoutes, route } from '@/lib/http'
import { listEntities, registerEntity } from '@/lib/registry'
import { listEntitiesOperation, registerEntityOperation } from '@/lib/registry/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(registerEntityOperation, async (ctx, { body }) => {
    const entity = await registerEntity(ctx, await body())
    return created(`/api/v1/entities/${entity.name}`, entity, { etag: entity.etag })
  }),
  route(listEntitiesOperation, (ctx, { query }) => listEntities(ctx, query)),
)
