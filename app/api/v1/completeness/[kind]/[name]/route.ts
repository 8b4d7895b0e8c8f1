import { getCompleteness } from '@/lib/completeness'
import { getCompletenessOperation } from '@/lib/completeness/operations'
import { defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(getCompletenessOperation, (ctx, { params }) => getCompleteness(ctx, params)),
)
