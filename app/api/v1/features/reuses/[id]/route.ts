import { takeBackReuse } from '@/lib/catalog'
import { takeBackReuseOperation } from '@/lib/catalog/operations'
import { defineRoutes, noContent, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(takeBackReuseOperation, async (ctx, { params }) => {
    await takeBackReuse(ctx, params.id)
    return noContent()
  }),
)
