import { previewTrainingDataset } from '@/lib/datasets'
import { previewTrainingDatasetOperation } from '@/lib/datasets/operations'
import { defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(previewTrainingDatasetOperation, async (ctx, { body, query }) =>
    previewTrainingDataset(ctx, await body(), { int64AsString: query.int64 === 'string' }),
  ),
)
