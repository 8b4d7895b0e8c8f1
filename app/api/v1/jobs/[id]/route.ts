import { defineRoutes, route } from '@/lib/http'
import { getJob } from '@/lib/jobs'
import { getJobOperation } from '@/lib/jobs/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(getJobOperation, (ctx, { params }) => getJob(ctx, params.id)),
)
