import { getActivity } from '@/lib/catalog'
import { getActivityOperation } from '@/lib/catalog/operations'
import { defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(getActivityOperation, (ctx, { params, query }) => getActivity(ctx, params.name, query)),
)
