import { inferOperation } from '@/lib/catalog/operations'
import { defineRoutes, route } from '@/lib/http'
import { inferDefinition } from '@/lib/ingestion'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(inferOperation, (ctx, { query, contentType, bytes }) =>
    inferDefinition(ctx, { name: query.name ?? null, contentType, bytes: bytes() }),
  ),
)
