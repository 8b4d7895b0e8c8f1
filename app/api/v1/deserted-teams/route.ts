import { defineRoutes, route } from '@/lib/http'
import { listDeserted } from '@/lib/ownership'
import { listDesertedOperation } from '@/lib/ownership/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(listDesertedOperation, (ctx) => listDeserted(ctx)),
)
