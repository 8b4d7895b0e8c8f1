import { feedbackCsv, listFeedback, tellFeedback } from '@/lib/feedback'
import { listFeedbackOperation, tellFeedbackOperation } from '@/lib/feedback/operations'
import { created, csvFile, defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(listFeedbackOperation, async (ctx, { query: { format, ...query } }) =>
    format === 'json' ? listFeedback(ctx, query) : csvFile('feedback', await feedbackCsv(ctx, query)),
  ),
  route(tellFeedbackOperation, async (ctx, { body }) => {
    const told = await tellFeedback(ctx, await body())
    return created(`/api/v1/feedback/${told.id}`, told)
  }),
)
