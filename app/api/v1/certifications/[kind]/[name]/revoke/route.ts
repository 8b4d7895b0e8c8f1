import { revokeCertification } from '@/lib/certification'
import { revokeCertificationOperation } from '@/lib/certification/operations'
import { defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(revokeCertificationOperation, async (ctx, { params, body }) =>
    revokeCertification(ctx, params, await body()),
  ),
)
