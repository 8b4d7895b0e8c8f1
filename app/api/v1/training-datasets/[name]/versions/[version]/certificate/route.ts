import { getCertificate } from '@/lib/datasets'
import { getCertificateOperation } from '@/lib/datasets/operations'
import { defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(getCertificateOperation, (ctx, { params }) => getCertificate(ctx, params.name, params.version)),
)
