import { defineRoutes, route } from '@/lib/http'
import { describeSample } from '@/lib/sample'
import { getSampleOperation } from '@/lib/sample/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(getSampleOperation, (ctx) => describeSample(ctx)),
)
