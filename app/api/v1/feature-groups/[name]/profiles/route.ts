import { defineRoutes, route } from '@/lib/http'
import { listProfiles } from '@/lib/monitoring'
import { listProfilesOperation } from '@/lib/monitoring/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(listProfilesOperation, (ctx, { params, query }) =>
    listProfiles(ctx, { group: params.name, ...query }),
  ),
)
