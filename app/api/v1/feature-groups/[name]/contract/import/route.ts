import { importOdcs } from '@/lib/contracts'
import { importOdcsOperation } from '@/lib/contracts/operations'
import { defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(importOdcsOperation, async (ctx, { params, body }) => importOdcs(ctx, params.name, await body())),
)
