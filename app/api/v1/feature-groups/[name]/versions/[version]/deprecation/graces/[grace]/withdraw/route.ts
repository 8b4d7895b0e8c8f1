import { defineRoutes, route } from '@/lib/http'
import { withdrawGrace } from '@/lib/registry'
import { withdrawGraceOperation } from '@/lib/registry/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(withdrawGraceOperation, async (ctx, { params: { name, version, grace }, body }) =>
    withdrawGrace(ctx, { group: name, version, grace }, await body()),
  ),
)
