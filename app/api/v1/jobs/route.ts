import { defineRoutes, route } from '@/lib/http'
import { listJobs } from '@/lib/jobs'
import { listJobsOperation } from '@/lib/jobs/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(listJobsOperation, (ctx, { query }) => listJobs(ctx, query)),
)
