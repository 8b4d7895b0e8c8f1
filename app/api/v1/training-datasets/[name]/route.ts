import { getTrainingDataset } from '@/lib/datasets'
import { getTrainingDatasetOperation } from '@/lib/datasets/operations'
import { defineRoutes, route } from '@/lib/http'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(getTrainingDatasetOperation, (ctx, { params }) => getTrainingDataset(ctx, params.name)),
)
