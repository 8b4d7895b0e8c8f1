import { runExample } from '@/lib/examples'
import { runExampleOperation } from '@/lib/examples/operations'
import { defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(runExampleOperation, (ctx, { params }) => runExample(ctx, params.id)),
)
