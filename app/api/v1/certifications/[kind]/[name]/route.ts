import { certifyAsset, getCertification } from '@/lib/certification'
import { certifyOperation, getCertificationOperation } from '@/lib/certification/operations'
import { defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(getCertificationOperation, (ctx, { params }) => getCertification(ctx, params)),
  route(certifyOperation, async (ctx, { params, body }) => certifyAsset(ctx, params, await body())),
)
