import { accepted, defineRoutes, route } from '@/lib/http'
import { runArchiving } from '@/lib/retirement'
import { runArchivingOperation } from '@/lib/retirement/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(runArchivingOperation, async (ctx, { body }) => {
    const run = await runArchiving(ctx, await body())
    return accepted(`/api/v1/jobs/${run.job}`, run)
  }),
)
