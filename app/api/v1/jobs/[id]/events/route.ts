import { defineRoutes, eventStream, route } from '@/lib/http'
import { watchJob } from '@/lib/jobs'
import { watchJobOperation } from '@/lib/jobs/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(watchJobOperation, async (ctx, { params }) => eventStream(await watchJob(ctx, params.id))),
)
