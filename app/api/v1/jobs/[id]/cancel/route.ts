import { defineRoutes, route } from '@/lib/http'
import { cancelJob } from '@/lib/jobs'
import { cancelJobOperation } from '@/lib/jobs/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(cancelJobOperation, (ctx, { params }) => cancelJob(ctx, params.id)),
)
